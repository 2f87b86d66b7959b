// Nobody takes what is written to stdout: the write never ends. Says `stuck` on stderr when it begins.
process.stdout.write = () => {
  process.stderr.write('stuck\n');
  // Keeps the process alive, as a pipe that is full does.
  setTimeout(() => {}, 2 ** 31 - 1);
  return false;
};
