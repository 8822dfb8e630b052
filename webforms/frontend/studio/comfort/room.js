// Room for what is put into a connection: whatever comes after moves on, so that nothing is drawn over its neighbours.
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor';
import { getMid } from 'diagram-js/lib/layout/LayoutUtil';
import { selfAndAllChildren } from 'diagram-js/lib/util/Elements';

const GAP = 50;
const SIDE = { x: 'width', y: 'height' };
const DIRECTION = { x: 'e', y: 's' };

// Along which axis a connection runs on from its source, straight or not; none when it leads back.
const axisOf = ({ source, target }) => ['x', 'y'].find((axis) => source[axis] + source[SIDE[axis]] <= target[axis]);
const straight = ({ waypoints }, axis) => waypoints.every((point) => point[axis === 'x' ? 'y' : 'x'] === waypoints[0][axis === 'x' ? 'y' : 'x']);

const wholly = ({ inner, ...seen }) =>
  ['x', 'y'].every((axis) => seen[axis] <= inner[axis] && seen[axis] + seen[SIDE[axis]] >= inner[axis] + inner[SIDE[axis]]);

// The place on a connection right behind its source.
export function behind(flow, shape) {
  const axis = axisOf(flow);
  if (!axis) return getMid(flow.waypoints.length > 2 ? { ...flow.waypoints[1], width: 0, height: 0 } : flow);
  return { ...getMid(flow.source), [axis]: flow.source[axis] + flow.source[SIDE[axis]] + GAP + shape[SIDE[axis]] / 2 };
}

class Room extends CommandInterceptor {
  constructor(eventBus, canvas, spaceTool) {
    super(eventBus);
    Object.assign(this, { eventBus, canvas, spaceTool });
    // Later than the editor itself, which sees here on what connection it falls.
    this.preExecute('shape.create', 900, ({ shape, position, targetFlow }) => targetFlow && this.make(targetFlow, shape, position), true);
  }

  make(flow, shape, position) {
    const axis = axisOf(flow);
    if (!axis) return;
    // Where it is dropped is told by its corner and size, otherwise by its middle.
    const side = SIDE[axis], half = shape[side] / 2, ahead = position.width === undefined ? half : 0;
    const begins = flow.source[axis] + flow.source[side] + GAP + ahead, ends = flow.target[axis] - GAP - shape[side] + ahead;
    if (!straight(flow, axis) && position[axis] !== begins) return;
    const lacking = Math.ceil((begins - ends) / 10) * 10;
    if (lacking > 0) this.push(flow.target[axis] - 1, axis, lacking);
    position[axis] = Math.min(Math.max(position[axis], begins), Math.max(begins, ends));
  }

  push(start, axis, by) {
    // What was seen whole before is seen whole afterwards.
    if (wholly(this.canvas.viewbox())) this.eventBus.once('commandStack.changed', () => this.eventBus.fire('room.made'));
    const { movingShapes, resizingShapes } = this.spaceTool.calculateAdjustments(selfAndAllChildren(this.canvas.getRootElement(), true), axis, by, start);
    this.spaceTool.makeSpace(movingShapes, resizingShapes, { x: 0, y: 0, [axis]: by }, DIRECTION[axis], start);
  }
}
Room.$inject = ['eventBus', 'canvas', 'spaceTool'];

export default { __init__: ['roomMade'], roomMade: ['type', Room] };
