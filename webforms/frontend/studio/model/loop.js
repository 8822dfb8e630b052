// "Once for each of several": a multi-instance as an owner reads it.
export const WAYS = ['once', 'atOnce', 'inTurn'];

const KIND = 'bpmn:MultiInstanceLoopCharacteristics';
const loopOf = (object) => (object.get('loopCharacteristics')?.$type === KIND ? object.get('loopCharacteristics') : null);

export function readLoop(object) {
  const loop = loopOf(object);
  if (!loop) return { way: 'once', of: '', item: '', result: '', times: '' };
  return {
    way: loop.isSequential ? 'inTurn' : 'atOnce',
    of: loop.loopDataInputRef?.id ?? '', item: loop.inputDataItem?.name ?? loop.inputDataItem?.id ?? '',
    result: loop.loopDataOutputRef?.id ?? '', times: loop.loopCardinality?.body ?? '',
  };
}

// Only what was changed is written: an item that has a name of its own keeps its id.
export function writeLoop(element, object, { modeling, moddle }, change) {
  const wanted = { ...readLoop(object), ...change };
  if (wanted.way === 'once') return modeling.updateModdleProperties(element, object, { loopCharacteristics: undefined });
  const old = loopOf(object);
  const made = moddle.create(KIND, { id: old?.id, isSequential: wanted.way === 'inTurn' });
  const parts = {
    loopDataInputRef: wanted.of && moddle.create('bpmn:Property', { id: wanted.of }),
    loopDataOutputRef: wanted.result && moddle.create('bpmn:Property', { id: wanted.result }),
    inputDataItem: 'item' in change || !old ? wanted.item && moddle.create('bpmn:DataInput', { id: wanted.item, name: wanted.item }) : old.inputDataItem,
    outputDataItem: old?.outputDataItem,
    completionCondition: old?.completionCondition,
    loopCardinality: 'times' in change || !old ? wanted.times && moddle.create('bpmn:FormalExpression', { body: wanted.times }) : old.loopCardinality,
  };
  Object.entries(parts).filter(([, part]) => part).forEach(([name, part]) => {
    made.set(name, part);
    if (!name.endsWith('Ref')) part.$parent = made;
  });
  made.$parent = object;
  return modeling.updateModdleProperties(element, object, { loopCharacteristics: made });
}

// These refer by name to values of the case, which no drawing holds: what the reader could not resolve stays as it is written.
export function keepReferences(warnings, moddle) {
  warnings
    .filter(({ property, element }) => /loopData(Input|Output)Ref$/.test(property ?? '') && element)
    .forEach(({ element, property, value }) => element.set(property.replace('bpmn:', ''), moddle.create('bpmn:Property', { id: value })));
}
