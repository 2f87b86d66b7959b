/**
 * Kills of a run that writes a file, as many as asked: the test of `test/fault/kill.test.ts`. Started by `soak.ts --kills`, which says how many in NETPOLSIM_KILLS.
 */
import '../fault/kill.test.ts';
