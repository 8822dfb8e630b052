// What each tone of a chart looks like: a colour from the page's own tokens and, beside it, an outline or stripes.
const TOKENS = { now: '--rd-accent', past: '--rd-line-strong', fine: '--rd-fine', late: '--rd-late', other: '--rd-soon', ink: '--rd-ink', grid: '--rd-line', surface: '--rd-surface' };

export function colours(place) {
  // A token is a choice between light and dark; only as the colour of something is it decided.
  const before = place.style.color;
  const found = {};
  for (const [name, token] of Object.entries(TOKENS)) {
    place.style.color = `var(${token})`;
    found[name] = getComputedStyle(place).color;
  }
  place.style.color = before;
  return found;
}

export function fillOf(tone, colour, paint) {
  if (tone === 'past') return paint.surface;
  return tone === 'late' ? striped(colour, paint.surface) : colour;
}

function striped(colour, gap) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 4;
  const pen = tile.getContext('2d');
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 4, 4);
  pen.fillStyle = gap;
  pen.fillRect(0, 0, 1, 4);
  return pen.createPattern(tile, 'repeat');
}
