// What became of each element: a colour, and a sign for those who do not see it.
const SIGNS = { added: '＋', removed: '－', changed: '≠', moved: '↔' };

function sign(kind) {
  const label = document.createElement('span');
  label.className = `rd-fate-sign rd-fate-sign--${kind}`;
  label.textContent = SIGNS[kind];
  return label;
}

// A lane is as wide as the drawing: its sign stands at its name.
const place = (element) => (/Participant|Lane/.test(element.type) ? { top: 2, left: 2 } : element.waypoints ? { top: -10, left: -10 } : { top: -12, right: 12 });

export function mark(viewer, marks) {
  const [canvas, elements, overlays] = [viewer.get('canvas'), viewer.get('elementRegistry'), viewer.get('overlays')];
  for (const [id, kind] of Object.entries(marks)) {
    const element = elements.get(id);
    if (!element?.parent) continue;
    canvas.addMarker(id, `rd-fate-mark--${kind}`);
    overlays.add(id, 'rd-fate', { position: place(element), html: sign(kind) });
  }
}
