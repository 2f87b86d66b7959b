#!/usr/bin/env node
/**
 * `kubectl netpolsim`: kubectl starts what is called `kubectl-netpolsim`. The same program; it knows from its name how it was called. A file of its own, because not every system
 * starts a program by a link.
 */
import './main.ts';
