// The clock of the wall goes back an hour each time that somebody looks at it.
let now = Date.now();
Date.now = () => {
  now -= 3_600_000;
  return now;
};
