// What the panel asks about an element, in the owner's order: name, who, what is filled in, how long, when, by which clause.
import { is, isAny } from 'bpmn-js/lib/util/ModelUtil';
import { readBody, readList, readOperator, readProperty, writeBody, writeList, writeOperator, writeProperty } from '../model/extensions.js';
import { readLoop, writeLoop } from '../model/loop.js';
import { namedOf, writeName } from '../model/named.js';
import { timerOf } from '../model/time.js';
import { ChooseOrSay, Expression, Named } from './choose.js';
import { Several } from './several.js';
import { Timer } from './timer.js';
import { FormOf, Lines, WayTo } from './ways.js';
import { When } from './when.js';

const ACTIVITY = 'bpmn:Activity';

// A pool stands for its process, a label for what it names.
const objectOf = (element) => (is(element, 'bpmn:Participant') ? element.businessObject.processRef ?? element.businessObject : element.businessObject);

const property = (id, kind, label, more = {}) => ({
  id, kind, label, ...more,
  get: (element) => readProperty(objectOf(element), id),
  set: (value, tools, element) => writeProperty(element, objectOf(element), tools, id, value),
});

const several = (id, label, words, options, help, way) => ({
  id, label, words, help, options, way, component: Several,
  get: (element) => readList(objectOf(element), id),
  set: (list, tools, element) => writeList(element, objectOf(element), tools, id, list),
});

const attribute = (id, kind, label, more = {}) => ({
  id, kind, label, ...more,
  get: (element) => objectOf(element).get(id) ?? '',
  set: (value, tools, element) => tools.modeling.updateModdleProperties(element, objectOf(element), { [id]: value === '' ? undefined : value }),
});

// A pool and its process are one thing to whoever draws: a name goes to both, as one step that can be undone.
function ofBoth(element) {
  const { businessObject: pool } = element, process = pool.processRef;
  const write = (tools, changes) => {
    const commands = [];
    const collected = { ...tools, modeling: { updateModdleProperties: (one, moddleElement, properties) => commands.push({ cmd: 'element.updateModdleProperties', context: { element: one, moddleElement, properties } }) } };
    [pool, process].filter(Boolean).forEach((object) => changes(object, collected));
    tools.commandStack.execute('properties-panel.multi-command-executor', commands);
  };
  return {
    name: (value, tools) => write(tools, (object, { modeling }) => modeling.updateModdleProperties(element, object, { name: value })),
    nameEn: (value, tools) => write(tools, (object, collected) => writeProperty(element, object, collected, 'name_en', value)),
  };
}

function names(element, { words }) {
  // What holds the pools has no name that anybody sees.
  if (is(element, 'bpmn:Collaboration')) return [];
  const name = {
    id: 'name', kind: 'words', rows: 1, label: words.name,
    get: () => (is(element, 'bpmn:TextAnnotation') ? element.businessObject.text : element.businessObject.name) ?? '',
    set: (value, tools) => tools.modeling.updateLabel(element, value),
  };
  const nameEn = property('name_en', 'line', words.nameEn);
  if (is(element, 'bpmn:Participant')) {
    const both = ofBoth(element);
    name.set = both.name;
    nameEn.set = both.nameEn;
  }
  return is(element, 'bpmn:TextAnnotation') ? [name] : [name, nameEn];
}

// What may stand in an expression.
const complete = ({ fields, functions }) => [...fields, ...functions];

const expression = (id, label, catalogue, more) => ({ ...property(id, 'line', label, more), words: catalogue.words, complete: complete(catalogue), component: Expression, rows: 1 });

function who(element, catalogue) {
  const { words, roles, departments, tasks } = catalogue;
  if (!isAny(element, ['bpmn:UserTask', 'bpmn:ManualTask', 'bpmn:Lane'])) return [];
  const role = property('role', 'choose', words.role, { options: () => roles, empty: is(element, 'bpmn:Lane') ? words.choose : words.laneRole, help: is(element, 'bpmn:Lane') ? words.laneHelp : undefined });
  if (is(element, 'bpmn:Lane')) return [role];
  return [
    role,
    { ...expression('department', words.department, catalogue), component: ChooseOrSay, options: () => departments, empty: words.anyDepartment },
    expression('assignee', words.assignee, catalogue, { help: words.assigneeHelp }),
    several('excludes', words.excludes, words, () => tasks.filter(({ value }) => value !== element.id)),
  ];
}

function what(element, { words, forms, makeForm }) {
  if (!is(element, 'bpmn:UserTask')) return [];
  return [
    property('form', 'choose', words.form, { options: () => forms, empty: words.ownForm }),
    { id: 'form-of', component: FormOf, words, forms, make: makeForm },
    property('instructions', 'words', words.instructions, { rows: 3 }),
    property('instructions_en', 'words', words.instructionsEn, { rows: 2 }),
    property('sensitivity', 'line', words.sensitivity, { help: words.sensitivityHelp }),
  ];
}

// One at a time or all at once, for each of a list.
function each(element, catalogue) {
  const { words, fields } = catalogue;
  if (!is(element, ACTIVITY)) return [];
  const part = (id, kind, label, more = {}) => ({
    id: `each-${id}`, kind, label, ...more,
    get: () => readLoop(element.businessObject)[id], set: (value, tools) => writeLoop(element, element.businessObject, tools, { [id]: value }),
  });
  const ways = [{ value: 'atOnce', label: words.eachAtOnce }, { value: 'inTurn', label: words.eachInTurn }];
  const read = readLoop(element.businessObject);
  const way = { ...part('way', 'choose', words.eachWay, { options: () => ways, empty: words.eachOnce }), get: () => (read.way === 'once' ? '' : readLoop(element.businessObject).way) };
  way.set = (value, tools) => writeLoop(element, element.businessObject, tools, { way: value || 'once' });
  if (read.way === 'once') return [way];
  const lists = (name) => () => [...fields.filter(({ type }) => type === 'list' || type === 'choices'), ...(read[name] ? [{ value: read[name], label: read[name] }] : [])]
    .filter(({ value }, at, all) => all.findIndex((one) => one.value === value) === at);
  return [
    way, part('of', 'choose', words.eachOf, { options: lists('of') }), part('item', 'line', words.eachItem, { help: words.eachItemHelp, monospace: true }),
    part('result', 'choose', words.eachResult, { options: lists('result') }),
    { ...part('times', 'line', words.eachTimes), words, complete: complete(catalogue), component: Expression, rows: 1 },
    ...(is(element, 'bpmn:CallActivity') ? [] : [scopeOf(words)]),
  ];
}

function howLong(element, catalogue) {
  const { words, limits, moments, newLimit } = catalogue;
  const way = is(element, 'bpmn:UserTask') && newLimit ? { label: words.newLimit, link: `${newLimit}&element=${encodeURIComponent(element.id)}#new-limit` } : undefined;
  const groups = [];
  if (timerOf(element.businessObject)) groups.push({ id: 'timer', label: words.waits, words, limits: () => limits, complete: complete(catalogue), component: Timer });
  if (is(element, ACTIVITY)) groups.push(several('limit', words.limit, words, () => limits, words.limitHelp, way));
  if (isAny(element, [ACTIVITY, 'bpmn:Event'])) {
    groups.push(several('moment', words.moment, words, () => moments, words.momentHelp));
    groups.push(several('opens', words.opens, words, () => limits), several('stops', words.stops, words, () => limits));
  }
  return groups;
}

function late(element, { words }) {
  if (!is(element, 'bpmn:BoundaryEvent')) return [];
  return [{
    id: 'cancelActivity', kind: 'tick', label: words.interrupts,
    get: () => element.businessObject.cancelActivity !== false,
    set: (value, tools) => tools.bpmnReplace.replaceElement(element, {
      type: 'bpmn:BoundaryEvent', eventDefinitionType: element.businessObject.eventDefinitions?.[0]?.$type, cancelActivity: Boolean(value), host: element.host,
    }),
  }];
}

function when(element, catalogue) {
  const { words } = catalogue, object = element.businessObject;
  if (is(element, 'bpmn:SequenceFlow') && isAny(object.sourceRef, ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway', 'bpmn:ComplexGateway'])) {
    const isDefault = {
      id: 'default', kind: 'tick', label: words.otherwise, get: () => object.sourceRef.default === object,
      set: (value, tools) => tools.modeling.updateModdleProperties(element, object.sourceRef, { default: value ? object : undefined }),
    };
    return object.sourceRef.default === object ? [isDefault] : [condition(catalogue, 'conditionExpression', () => object), isDefault];
  }
  const conditional = object.get?.('eventDefinitions')?.find?.(({ $type }) => $type === 'bpmn:ConditionalEventDefinition');
  const named = namedOf(object);
  const { definitions } = catalogue;
  return [
    ...(conditional ? [condition(catalogue, 'condition', () => conditional)] : []),
    ...(named ? [{
      id: named.property, label: named.type === 'bpmn:Message' ? words.message : words.signal, help: words.namedHelp, component: Named,
      names: catalogue.names[named.type === 'bpmn:Message' ? 'message' : 'signal'],
      get: () => namedOf(object).holder.get(named.property)?.name ?? '', set: (name, tools) => writeName(element, named, tools, definitions(), name),
    }] : []),
  ];
}

const condition = (catalogue, name, holder) => ({
  id: name, label: catalogue.words.when, words: { ...catalogue.words.condition, complete: catalogue.words.complete }, fields: () => catalogue.fields, complete: complete(catalogue), component: When,
  get: () => holder().get(name)?.body ?? '',
  set: (text, tools, element) => {
    const before = holder().get(name);
    const next = text ? tools.bpmnFactory.create('bpmn:FormalExpression', { id: before?.id, language: before?.language, body: text }) : undefined;
    if (next) next.$parent = holder();
    tools.modeling.updateModdleProperties(element, holder(), { [name]: next });
  },
});

function does(element, catalogue) {
  const { words, decisions, processes, operators } = catalogue;
  if (is(element, 'bpmn:BusinessRuleTask')) {
    return [
      { id: 'decision', kind: 'choose', label: words.decision, options: () => decisions, get: () => readBody(element.businessObject, 'decision'), set: (value, tools) => writeBody(element, element.businessObject, tools, 'decision', value) },
      { id: 'decision-of', component: WayTo, label: words.openTable, options: () => decisions, get: () => readBody(element.businessObject, 'decision') },
      { id: 'result', kind: 'line', label: words.result, help: words.resultHelp, monospace: true, get: () => readBody(element.businessObject, 'result'), set: (value, tools) => writeBody(element, element.businessObject, tools, 'result', value) },
    ];
  }
  if (is(element, 'bpmn:CallActivity')) {
    const called = attribute('calledElement', 'choose', words.called, { options: () => processes });
    return [called, { id: 'called-of', component: WayTo, label: words.openDiagram, options: () => processes, get: called.get }, scopeOf(words)];
  }
  if (is(element, 'bpmn:ScriptTask')) return [{ ...attribute('script', 'words', words.script, { rows: 5, help: words.scriptHelp }), words, complete: complete(catalogue), component: Expression }];
  return is(element, 'bpmn:ServiceTask') ? service(element, { words, operators }) : [];
}

// Ticked it says true, and nothing else.
const scopeOf = (words) => {
  const { get, set, ...rest } = property('scope', 'tick', words.scope, { help: words.scopeHelp });
  return { ...rest, get: (element) => get(element) === 'true', set: (value, tools, element) => set(value ? 'true' : '', tools, element) };
};

function service(element, { words, operators }) {
  const read = () => readOperator(element.businessObject);
  const write = (tools, changes) => writeOperator(element, element.businessObject, tools, { ...read(), ...changes });
  const rename = (place, value) => read().parameters.map((one, at) => (at === place ? { ...one, value } : one));
  const asked = read().parameters.map((parameter, place) => ({
    id: `parameter-${parameter.id}`, kind: 'line', monospace: true, label: words.parameters[parameter.id] ?? parameter.id,
    get: () => read().parameters[place]?.value ?? '', set: (value, tools) => write(tools, { parameters: rename(place, value) }),
  }));
  const chosen = { id: 'operator', kind: 'choose', label: words.operator, options: () => operators, get: () => read().id || readProperty(element.businessObject, 'operator'), set: (id, tools) => write(tools, { id, parameters: operators.find(({ value }) => value === id)?.parameters.map((key) => ({ id: key, value: '' })) ?? [] }) };
  return [chosen, ...asked];
}

function why(element, { words, clauses }) {
  if (isAny(element, ['bpmn:TextAnnotation', 'bpmn:Lane', 'bpmn:DataObjectReference'])) return [];
  return [several('clause', words.clause, words, () => clauses)];
}

function more(element, { words }) {
  const id = { id: 'id', kind: 'line', label: words.id, help: words.idHelp, monospace: true, disabled: true, get: () => objectOf(element).id, set: () => {} };
  const documentation = {
    id: 'documentation', kind: 'words', rows: 2, label: words.note, get: () => objectOf(element).get('documentation')?.[0]?.text ?? '',
    set: (text, tools) => {
      const note = text ? [tools.bpmnFactory.create('bpmn:Documentation', { text })] : [];
      note.forEach((one) => { one.$parent = objectOf(element); });
      tools.modeling.updateModdleProperties(element, objectOf(element), { documentation: note });
    },
  };
  return [documentation, id];
}

// Nothing is picked yet.
const how = (element, { words }) => (element.parent ? [] : [{ id: 'lines', component: Lines, lines: [words.howPick, words.howAdd, words.howCheck] }]);

const GROUPS = { how, names, who, what, does, when, howLong, late, each, why, more };

// Groups with their entries; those that ask nothing of this element are left out.
export const groupsOf = (element, catalogue) =>
  Object.entries(GROUPS)
    .map(([id, asked]) => ({ id, label: catalogue.words.groups[id], specs: asked(element, catalogue), opened: !['more', 'each'].includes(id) }))
    .filter(({ specs }) => specs.length > 0);

