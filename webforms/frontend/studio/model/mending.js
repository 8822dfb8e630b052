// The mends that the check offers on a button, each done as one step that can be undone.
import { is } from 'bpmn-js/lib/util/ModelUtil';
import { objectOf, readOperator, readProperty, writeBody, writeOperator, writeProperty } from './extensions.js';

const KINDS = ['timeDate', 'timeDuration', 'timeCycle'];
const IN_PROPERTIES = ['department', 'assignee'];

// Everywhere an element holds an expression: the object and its property, or a way to write it.
function* expressions(object) {
  if (object.get('conditionExpression')) yield [object, 'conditionExpression'];
  const loop = is(object, 'bpmn:Activity') && object.get('loopCharacteristics');
  for (const name of loop ? ['loopCardinality', 'completionCondition', 'loopCondition'] : []) if (loop[name]) yield [loop, name];
  for (const event of is(object, 'bpmn:Event') ? object.get('eventDefinitions') ?? [] : []) {
    for (const name of [...KINDS, 'condition']) if (event[name]) yield [event, name];
  }
}

function tools(modeler) {
  return { modeling: modeler.get('modeling'), moddle: modeler.get('moddle'), bpmnFactory: modeler.get('bpmnFactory') };
}

function respelt(expression, body, holder, { moddle }) {
  const next = moddle.create('bpmn:FormalExpression', { ...expression.$attrs, id: expression.id, language: expression.language, body });
  next.$parent = holder;
  return next;
}

function writeExpression(element, object, kit, { name, value }) {
  for (const [holder, part] of expressions(object)) {
    if (holder.get(part).body?.trim() === name.trim()) return kit.modeling.updateModdleProperties(element, holder, { [part]: respelt(holder.get(part), value, holder, kit) });
  }
  if (object.script?.trim() === name.trim()) return kit.modeling.updateProperties(element, { script: value });
  const property = IN_PROPERTIES.find((one) => readProperty(object, one).trim() === name.trim());
  if (property) return writeProperty(element, object, kit, property, value);
  const operator = readOperator(object);
  const parameters = operator.parameters.map((one) => (one.value?.trim() === name.trim() ? { ...one, value } : one));
  return operator.id && writeOperator(element, object, kit, { ...operator, parameters });
}

// What is taken otherwise has no condition of its own.
function makeDefault(modeler, element, object, flow) {
  const way = modeler.get('elementRegistry').get(flow);
  modeler.get('commandStack').execute('properties-panel.multi-command-executor', [
    { cmd: 'element.updateModdleProperties', context: { element, moddleElement: object, properties: { default: way.businessObject } } },
    { cmd: 'element.updateModdleProperties', context: { element: way, moddleElement: way.businessObject, properties: { conditionExpression: undefined } } },
  ]);
}

const WAYS = {
  property: (modeler, element, object, { name, value }) => writeProperty(element, object, tools(modeler), name, value),
  attribute: (modeler, element, object, { name, value }) => tools(modeler).modeling.updateModdleProperties(element, object, { [name]: value || undefined }),
  body: (modeler, element, object, { name, value }) =>
    (name === 'operator' ? writeOperator(element, object, tools(modeler), { ...readOperator(object), id: value }) : writeBody(element, object, tools(modeler), name, value)),
  default: (modeler, element, object, { value }) => makeDefault(modeler, element, object, value),
  condition: (modeler, element, object) => tools(modeler).modeling.updateModdleProperties(element, object, { conditionExpression: undefined }),
  expression: (modeler, element, object, mending) => writeExpression(element, object, tools(modeler), mending),
  id: (modeler, element, object, { value }) => tools(modeler).modeling.updateProperties(element, { id: value }),
  type: (modeler, element, object, { value }) => modeler.get('bpmnReplace').replaceElement(element, { type: value }),
  move(modeler, element, object, { value }) {
    const [x, y] = value.split(',').map(Number);
    tools(modeler).modeling.moveElements([element], { x, y }, element.parent);
  },
};

// Whether it can be done here; `ask` is a way to a place and no change.
export const canMend = (mending) => mending.do in WAYS;

export function mend(modeler, element, mending) {
  WAYS[mending.do](modeler, element, objectOf(element), mending);
}
