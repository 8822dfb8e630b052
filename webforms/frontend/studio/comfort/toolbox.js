// What is at hand for drawing, each with its word; a task is one of a person from the beginning, and goes into the way there is.
import { is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { behind } from './room.js';

const PERSON = 'bpmn:UserTask';
const INSERTED = { 'append.append-task': PERSON, 'append.gateway': 'bpmn:ExclusiveGateway', 'append.intermediate-event': 'bpmn:IntermediateThrowEvent' };

// The one way on of what does not branch.
function wayOn(element) {
  const ways = (element.outgoing ?? []).filter((flow) => is(flow, 'bpmn:SequenceFlow'));
  return ways.length === 1 && !isAny(element, ['bpmn:Gateway', 'bpmn:BoundaryEvent']) ? ways[0] : null;
}

class Toolbox {
  constructor(palette, contextPad, kit, words) {
    Object.assign(this, { kit, words: words.tools });
    palette.registerProvider(500, this);
    contextPad.registerProvider(500, this);
  }

  getPaletteEntries() {
    return (entries) => {
      const start = (event) => this.kit.create.start(event, this.kit.elementFactory.createShape({ type: PERSON }));
      Object.assign(entries['create.task'], { className: 'bpmn-icon-user-task', action: { dragstart: start, click: start } });
      for (const [id, word] of Object.entries(this.words)) if (entries[id]) entries[id].html = `<div class="entry rd-tool" draggable="true"><span>${word}</span></div>`;
      return entries;
    };
  }

  getContextPadEntries(element) {
    return (entries) => {
      const task = entries['append.append-task'];
      if (task) Object.assign(task, { className: 'bpmn-icon-user-task', ...this.appending(element, PERSON) });
      const way = wayOn(element);
      if (way) for (const [id, type] of Object.entries(INSERTED)) if (entries[id]) entries[id].action = this.inserting(way, type, entries[id].action);
      return entries;
    };
  }

  appending(element, type) {
    const { create, elementFactory, autoPlace } = this.kit;
    const made = () => elementFactory.createShape({ type });
    return { action: { dragstart: (event) => create.start(event, made(), { source: element }), click: () => autoPlace.append(element, made()) } };
  }

  // A second way out of a step would be walked too: what comes next goes into the one there is.
  inserting(way, type, { dragstart }) {
    const { elementFactory, modeling, selection, directEditing } = this.kit;
    const click = () => {
      const shape = elementFactory.createShape({ type });
      const drawn = modeling.createShape(shape, behind(way, shape), way);
      selection.select(drawn);
      if (type === PERSON) directEditing.activate(drawn);
    };
    return { dragstart, click };
  }
}

const KIT = ['autoPlace', 'create', 'directEditing', 'elementFactory', 'modeling', 'selection'];
const kit = (...parts) => Object.fromEntries(KIT.map((name, at) => [name, parts[at]]));
kit.$inject = KIT;
Toolbox.$inject = ['palette', 'contextPad', 'drawingKit', 'config.catalogue.words'];

export default { __init__: ['toolbox'], toolbox: ['type', Toolbox], drawingKit: ['factory', kit] };
