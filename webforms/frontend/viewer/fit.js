// Shows the whole diagram; where that would be too small to read, the place where the case stands, at a readable size.
const READABLE = 0.45;
const CLOSE_UP = 0.7;

function centreOn(canvas, element) {
  const { width, height } = canvas.viewbox().outer;
  const [w, h] = [width / CLOSE_UP, height / CLOSE_UP];
  canvas.viewbox({ x: element.x + element.width / 2 - w / 2, y: element.y + element.height / 2 - h / 2, width: w, height: h });
}

export function fit(viewer, active = []) {
  const canvas = viewer.get('canvas');
  canvas.zoom('fit-viewport', 'auto');
  const here = active.map((id) => viewer.get('elementRegistry').get(id)).find((element) => element?.width);
  if (here && canvas.zoom() < READABLE) centreOn(canvas, here);
}

// The wheel scrolls the page until the person has put the cursor into the diagram by a click.
export function wheelOnlyWhenEntered(viewer, box) {
  const wheel = viewer.get('zoomScroll');
  wheel.toggle(false);
  box.addEventListener('pointerdown', () => wheel.toggle(true));
  box.addEventListener('pointerleave', () => wheel.toggle(false));
}
