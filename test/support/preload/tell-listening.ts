// Says `listening` on stderr when the last of the signal handlers is in place.
process.on = new Proxy(process.on, {
  apply(on, self, args) {
    const result: unknown = Reflect.apply(on, self, args);
    if (args[0] === 'SIGHUP') process.stderr.write('listening\n');
    return result;
  },
});
