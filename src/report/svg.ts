/**
 * Small pieces of SVG: text that is escaped, lines, bars, and the page around them. No scripts, no links, no fonts from elsewhere; colours for people who see them differently
 * (Okabe and Ito), legible on light and on dark pages.
 */
import { escapeControls } from '../lib/quote.ts';

export type Tone = 'first' | 'second' | 'quiet' | 'good' | 'bad';

/** On light pages, on dark ones. */
const COLOURS: Readonly<Record<Tone | 'paper' | 'ink' | 'grid', readonly [light: string, dark: string]>> = {
  paper: ['#ffffff', '#161a1f'],
  ink: ['#1a1a1a', '#f0f0f0'],
  quiet: ['#595959', '#b4b4b4'],
  grid: ['#d0d0d0', '#3c434b'],
  first: ['#0072b2', '#56b4e9'],
  second: ['#b34a00', '#e69f00'],
  good: ['#00664a', '#3ccfa0'],
  bad: ['#a3123f', '#ff8fb1'],
};

/** Rules for classes, with plain colours: not every program that shows pictures knows variables. */
function colours(page: 0 | 1): string {
  const rules = Object.entries(COLOURS).map(
    ([name, shades]) => `.${name}{fill:${shades[page]}}path.${name}{fill:none;stroke:${shades[page]}}`,
  );
  return `text{fill:${COLOURS.ink[page]}}${rules.join('')}`;
}

const STYLE = [
  'text{font:12px system-ui,sans-serif}.title{font-size:20px;font-weight:600}.head{font-size:14px;font-weight:600}',
  colours(0),
  `@media (prefers-color-scheme:dark){${colours(1)}}`,
].join('');

/** The whole picture. `description` is for those who cannot see it. */
export function svgPage(width: number, height: number, title: string, description: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escapeXml(title)}</title>`,
    `<desc id="description">${escapeXml(description)}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect width="${width}" height="${height}" class="paper"/>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

export interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly kind?: 'title' | 'head' | 'quiet' | 'good' | 'bad';
  /** Longer text is cut, with an ellipsis. */
  readonly most?: number;
}

export function svgText(x: number, y: number, text: string, { anchor = 'start', kind, most = 200 }: TextOptions = {}): string {
  const letters = Array.from(text);
  const cut = letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : text;
  const look = kind === undefined ? '' : ` class="${kind}"`;
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}"${look}>${escapeXml(cut)}</text>`;
}

export function svgBar(x: number, y: number, width: number, height: number, tone: Tone): string {
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${at(height)}" rx="2" class="${tone}"/>`;
}

export function svgLine(points: readonly (readonly [x: number, y: number])[], tone: Tone | 'grid', dashed = false): string {
  const path = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('');
  const width = tone === 'grid' || tone === 'quiet' ? 1 : 2;
  return `<path d="${path}" class="${tone}" stroke-width="${width}"${dashed ? ' stroke-dasharray="4 4"' : ''}/>`;
}

/** Round for the first series, square for others: colour alone does not tell them apart. */
export function svgMark(x: number, y: number, tone: Tone): string {
  if (tone === 'first') return `<circle cx="${at(x)}" cy="${at(y)}" r="4" class="${tone}"/>`;
  return `<rect x="${at(x - 4)}" y="${at(y - 4)}" width="8" height="8" class="${tone}"/>`;
}

/** @throws {RangeError} for what is no place */
function at(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`a place in a picture must be a number, got \`${value}\``);
  return String(Math.round(value * 10) / 10);
}

function escapeXml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  // Half of a surrogate pair is no character of XML either.
  return escapeControls(text.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
