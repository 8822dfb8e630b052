// Messages and signals: whoever sends one and whoever waits for it mean the same name.
import { isAny } from 'bpmn-js/lib/util/ModelUtil';

const REFERS = { 'bpmn:MessageEventDefinition': ['messageRef', 'bpmn:Message'], 'bpmn:SignalEventDefinition': ['signalRef', 'bpmn:Signal'] };

// {holder, property, type} of what names a message or signal; null for what names none.
export function namedOf(object) {
  if (isAny(object, ['bpmn:ReceiveTask', 'bpmn:SendTask'])) return { holder: object, property: 'messageRef', type: 'bpmn:Message' };
  const holder = object.get?.('eventDefinitions')?.find?.(({ $type }) => $type in REFERS);
  return holder ? { holder, property: REFERS[holder.$type][0], type: REFERS[holder.$type][1] } : null;
}

const idOf = (type, name) => `${type.slice(5).toLowerCase()}_${name.replace(/[^\p{L}\p{N}_]+/gu, '_')}`;

export function writeName(element, { holder, property, type }, { modeling, bpmnFactory }, definitions, name) {
  const roots = definitions.get('rootElements');
  const known = roots.find((root) => root.$type === type && root.name === name);
  const made = known ?? (name ? bpmnFactory.create(type, { id: idOf(type, name), name }) : undefined);
  if (made && !known) made.$parent = definitions;
  modeling.updateModdleProperties(element, holder, { [property]: made });
}
