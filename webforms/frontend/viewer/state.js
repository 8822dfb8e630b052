// Draws where a case stands onto a diagram: markers for what is done and active, badges that say it in words, links.
const OVERLAY = 'rd-badge';
const ABOVE_RIGHT = { top: -14, right: 16 };

function mark(viewer, ids, marker) {
  const [canvas, elements] = [viewer.get('canvas'), viewer.get('elementRegistry')];
  ids.filter((id) => elements.get(id)).forEach((id) => canvas.addMarker(id, marker));
}

function badge({ kind, text }) {
  const label = document.createElement('span');
  label.className = `rd-badge rd-badge--${kind}`;
  label.textContent = text;
  return label;
}

function addBadges(viewer, badges) {
  const [overlays, elements] = [viewer.get('overlays'), viewer.get('elementRegistry')];
  for (const [id, content] of Object.entries(badges)) {
    if (elements.get(id)) overlays.add(id, OVERLAY, { position: ABOVE_RIGHT, html: badge(content) });
  }
}

function addLinks(viewer, links) {
  mark(viewer, Object.keys(links), 'rd-mark--link');
  viewer.on('element.click', ({ element }) => {
    const address = links[element.labelTarget?.id ?? element.id];
    if (address) window.location.assign(address);
  });
}

// A label is as wide as its Chinese name was drawn: longer words get room, so that none is broken within.
const SIGN = 6.2;
const WIDEST = 92;

export function roomFor(name, width) {
  const longest = Math.max(...name.split(' ').map((word) => word.length)) + 1;
  return Math.max(width, longest * SIGN, Math.min((name.length + 1) * SIGN, WIDEST));
}

function widen(bounds, name) {
  const width = roomFor(name, bounds.width);
  bounds.x -= (width - bounds.width) / 2;
  bounds.width = width;
}

// A diagram carries Chinese names; other names are set on the model before anything is drawn.
export function renameOnImport(viewer, names) {
  viewer.on('import.parse.complete', ({ elementsById }) => {
    for (const [id, name] of Object.entries(names)) if (elementsById?.[id]) elementsById[id].name = name;
    for (const drawn of Object.values(elementsById ?? {})) {
      const name = names[drawn.bpmnElement?.id];
      if (name && drawn.label?.bounds) widen(drawn.label.bounds, name);
    }
  });
}

// How warm an element is, in steps: the numbers stand on the badges.
function warm(viewer, heat) {
  for (const [id, step] of Object.entries(heat)) mark(viewer, [id], `rd-mark--heat-${step}`);
}

export function showState(viewer, { done = [], active = [], badges = {}, links = {}, heat = {} }) {
  mark(viewer, done, 'rd-mark--done');
  mark(viewer, active, 'rd-mark--active');
  warm(viewer, heat);
  addBadges(viewer, badges);
  addLinks(viewer, links);
}
