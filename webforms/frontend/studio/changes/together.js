// Viewers that show the same part of their drawings: what is moved in one moves in the other.
const CLOSE = 0.8;

export function alike(viewers) {
  let following = false;
  for (const viewer of viewers) {
    viewer.on('canvas.viewbox.changed', ({ viewbox }) => {
      if (following) return;
      following = true;
      const { x, y, width, height } = viewbox;
      viewers.filter((other) => other !== viewer).forEach((other) => other.get('canvas').viewbox({ x, y, width, height }));
      following = false;
    });
  }
}

function middle(element) {
  const [first, last] = [element.waypoints?.[0], element.waypoints?.at(-1)];
  if (first) return { x: (first.x + last.x) / 2, y: (first.y + last.y) / 2 };
  return { x: element.x + Math.min(element.width, 300) / 2, y: element.y + element.height / 2 };
}

function centre(viewer, element) {
  const canvas = viewer.get('canvas');
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / CLOSE, outer.height / CLOSE];
  const at = middle(element);
  canvas.viewbox({ x: at.x - width / 2, y: at.y - height / 2, width, height });
}

// The place of one of these ids in every drawing that has it; where it is missing the same part is shown.
export function goTo(viewers, ids) {
  const found = viewers.map((viewer) => ids.map((id) => viewer.get('elementRegistry').get(id)).find(Boolean));
  viewers.forEach((viewer) => viewer.get('elementRegistry').forEach((one) => viewer.get('canvas').removeMarker(one, 'rd-fate-here')));
  found.forEach((element, place) => element && viewers[place].get('canvas').addMarker(element, 'rd-fate-here'));
  const last = found.findLastIndex((element) => element?.parent);
  if (last >= 0) centre(viewers[last], found[last]);
}
