/**
 * Patterns of paths: `*` and `?` within a name, `**` for any folders.
 */

/** Does the text hold a pattern? */
export function isPattern(path: string): boolean {
  return /[*?]/.test(path);
}

/** Does a name match one part of a pattern? A name that begins with a dot is hidden, and matches only what begins with one. */
export function matchesName(pattern: string, name: string): boolean {
  return (name.startsWith('.') ? pattern.startsWith('.') : true) && matchesText(pattern, name);
}

/** `*` stands for any characters, `?` for one. Linear in both texts, as far as patterns go: no regular expression is made of them. */
export function matchesText(pattern: string, text: string, single = '?'): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || pattern[p] === single)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
