// The closed list of extension properties, read anew each time and written as one step that can be undone.
const TYPE = { properties: 'spiffworkflow:Properties', decision: 'spiffworkflow:CalledDecisionId', result: 'spiffworkflow:ResultVariable', operator: 'spiffworkflow:ServiceTaskOperator' };

const values = (object) => object.get('extensionElements')?.get('values') ?? [];
const find = (object, type) => values(object).find(({ $type }) => $type === type);

// The root, or a participant's process: where a pool keeps what concerns its process.
export const objectOf = (element) => element.businessObject ?? element;

export function readProperty(object, name) {
  const list = find(object, TYPE.properties)?.get('properties') ?? [];
  return list.find((entry) => entry.name === name)?.value ?? '';
}

export const readList = (object, name) =>
  readProperty(object, name).split(',').map((part) => part.trim()).filter(Boolean);

export const readBody = (object, kind) => find(object, TYPE[kind])?.value ?? '';

export const readOperator = (object) => {
  const found = find(object, TYPE.operator);
  return { id: found?.id ?? '', parameters: (found?.parameters?.parameters ?? []).map(({ id, value, type }) => ({ id, value, ...(type && { type }) })) };
};

function replace(element, object, tools, type, node) {
  const old = object.get('extensionElements');
  const rest = values(object).filter(({ $type }) => $type !== type);
  const all = node ? [...rest, node] : rest;
  const holder = all.length ? tools.bpmnFactory.create('bpmn:ExtensionElements', { values: all }) : undefined;
  if (holder) {
    holder.$parent = object;
    all.forEach((value) => { value.$parent = holder; });
  }
  if (old || holder) tools.modeling.updateModdleProperties(element, object, { extensionElements: holder });
}

export function writeProperty(element, object, tools, name, value) {
  const before = find(object, TYPE.properties)?.get('properties') ?? [];
  const make = (entry) => tools.moddle.create('spiffworkflow:Property', { ...entry.$attrs, name: entry.name, value: entry.value });
  const place = before.findIndex((entry) => entry.name === name);
  const list = before.map(make);
  if (!value) list.splice(place, place < 0 ? 0 : 1);
  else if (place < 0) list.push(make({ name, value }));
  else list[place].value = value;
  const node = list.length ? tools.moddle.create(TYPE.properties, { properties: list }) : null;
  list.forEach((entry) => { entry.$parent = node; });
  replace(element, object, tools, TYPE.properties, node);
}

export const writeList = (element, object, tools, name, list) => writeProperty(element, object, tools, name, list.join(', '));

export function writeBody(element, object, tools, kind, value) {
  replace(element, object, tools, TYPE[kind], value ? tools.moddle.create(TYPE[kind], { value }) : null);
}

export function writeOperator(element, object, tools, { id, parameters }) {
  if (!id) return replace(element, object, tools, TYPE.operator, null);
  const list = parameters.map((entry) => tools.moddle.create('spiffworkflow:Parameter', { type: 'any', ...entry }));
  const holder = tools.moddle.create('spiffworkflow:Parameters', { parameters: list });
  list.forEach((entry) => { entry.$parent = holder; });
  const node = tools.moddle.create(TYPE.operator, { id, parameters: holder });
  holder.$parent = node;
  return replace(element, object, tools, TYPE.operator, node);
}
