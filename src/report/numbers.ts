/**
 * Numbers as people read them. The same text in every locale.
 */

/** A whole number with a comma between groups of three digits. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `part` of `whole` in percent with one decimal. What is not nothing is never shown as 0.0 %, what is not all never as 100.0 %. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '-';
  const percent = (part / whole) * 100;
  if (part > 0 && percent < 0.05) return '<0.1 %';
  if (part < whole && percent > 99.95) return '>99.9 %';
  return `${percent.toFixed(1)} %`;
}

/** A size in bytes, in units of 1024. */
export function formatBytes(sizeBytes: number): string {
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  if (sizeBytes < 1024) return `${sizeBytes} B`;
  let size = sizeBytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(size < 10 ? 2 : 1)} ${units[unit]}`;
}

/** A large number rounded to three digits with its unit in words: `12.3 million`. */
export function formatRounded(count: number): string {
  if (count >= 1e9) return `${threeDigits(count / 1e9)} billion`;
  if (count >= 1e6) return `${threeDigits(count / 1e6)} million`;
  return formatCount(Math.round(count));
}

/** A duration: milliseconds below a second, seconds below a minute, else minutes and seconds. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  if (durationMs < 60_000) return `${(durationMs / 1000).toFixed(2)} s`;
  const seconds = Math.round(durationMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function threeDigits(value: number): string {
  return value < 10 ? value.toFixed(2) : value < 100 ? value.toFixed(1) : value.toFixed(0);
}
