// What is copied can be put into another diagram or another tab: it is kept in this browser, and comes back with ids of its own.
import { is } from 'bpmn-js/lib/util/ModelUtil';
import CopyPaste from 'diagram-js/lib/features/copy-paste/CopyPaste';
import { readProperty } from '../model/extensions.js';

const PLACE = 'redress:clipboard';
// A drawn shape points back at what it draws; pasting joins the two again.
const LEFT_OUT = new Set(['bpmnElement', 'priority']);

function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (!value || typeof value !== 'object') return value;
  const own = Object.entries(value).filter(([key]) => !LEFT_OUT.has(key) && !key.startsWith('$')).map(([key, one]) => [key, plain(one)]);
  if (!value.$type) return Object.fromEntries(own);
  const generic = value.$descriptor.isGeneric ? { namespace: value.$descriptor.ns.uri, children: plain(value.$children ?? []), body: value.$body } : null;
  return { $type: value.$type, generic, attributes: { ...value.$attrs }, own: generic ? Object.fromEntries(own.filter(([, one]) => typeof one === 'string')) : Object.fromEntries(own) };
}

class Reader {
  constructor(moddle, keepsIds) {
    Object.assign(this, { moddle, keepsIds });
  }

  read(value) {
    if (Array.isArray(value)) return value.map((one) => this.read(one));
    if (!value || typeof value !== 'object') return value;
    return value.$type ? this.element(value) : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.read(one)]));
  }

  element({ $type, generic, attributes, own }) {
    if (generic) return this.moddle.createAny($type, generic.namespace, { ...own, ...(generic.body && { $body: generic.body }), ...(generic.children.length && { $children: this.read(generic.children) }) });
    const { id, ...rest } = this.read(own);
    // What is referred to by name is the same thing in every diagram.
    const named = this.keepsIds || /^bpmn:(Message|Signal|Error|Escalation)$/.test($type);
    const made = this.moddle.create($type, { ...rest, ...(id && named && { id }) });
    Object.assign(made.$attrs, attributes);
    Object.values(rest).flat().forEach((part) => { if (part?.$type) part.$parent = made; });
    return made;
  }
}

class SharedClipboard {
  constructor(moddle, place) {
    Object.assign(this, { moddle, place });
  }

  set(tree) {
    this.write({ place: this.place, cut: false, tree: plain(tree) });
  }

  // The ids go along once with what was taken out of its diagram: it is the same task in another place.
  taken() {
    const held = this.held();
    if (held) this.write({ ...held, cut: true });
  }

  get() {
    const held = this.held();
    if (!held) return undefined;
    const keepsIds = held.cut || held.place === this.place;
    if (held.cut) this.write({ ...held, cut: false });
    return new Reader(this.moddle, keepsIds).read(held.tree);
  }

  isEmpty() {
    return !this.held();
  }

  hasPool() {
    return Object.values(this.held()?.tree ?? {}).flat().some(({ type }) => type === 'bpmn:Participant');
  }

  held() {
    const text = localStorage.getItem(PLACE);
    const held = text ? JSON.parse(text) : this.memory;
    return held && Object.keys(held.tree).length ? held : null;
  }

  write(held) {
    this.memory = held;
    try {
      localStorage.setItem(PLACE, JSON.stringify(held));
    } catch (error) {
      // The browser's room is full: it can still be pasted in this tab.
      if (!(error instanceof DOMException)) throw error;
      localStorage.removeItem(PLACE);
    }
  }
}
SharedClipboard.$inject = ['moddle', 'config.place'];

class CopyingOurWay extends CopyPaste {
  constructor(canvas, create, clipboard, elementFactory, eventBus, modeling, mouse, rules, bpmnjs) {
    super(canvas, create, clipboard, elementFactory, eventBus, modeling, mouse, rules);
    this.clipboard = clipboard;
    eventBus.on('copyPaste.pasteElement', 2000, ({ descriptor }) => useOwn(descriptor, bpmnjs));
    eventBus.on('copyPaste.pasteElement', 500, ({ descriptor }) => keepForm(descriptor, bpmnjs));
  }

  cut(elements) {
    const tree = super.cut(elements);
    this.clipboard.taken();
    return tree;
  }
}
CopyingOurWay.$inject = [...CopyPaste.$inject, 'bpmnjs'];

// A message that this diagram has already is not brought in a second time.
function useOwn(descriptor, bpmnjs) {
  const brought = descriptor.referencedRootElement;
  const own = brought && bpmnjs.getDefinitions().get('rootElements').find(({ id }) => id === brought.id);
  if (own) descriptor.referencedRootElement = own;
}

// A task's form is named as the task; its copy goes by another name and says which form it means.
function keepForm(descriptor, bpmnjs) {
  const object = descriptor.businessObject;
  if (!is(object, 'bpmn:UserTask') || object.id === descriptor.id || readProperty(object, 'form')) return;
  const moddle = bpmnjs.get('moddle');
  if (!bpmnjs.get('config.catalogue').forms.some(({ value }) => value === descriptor.id)) return;
  const holder = object.get('extensionElements') ?? moddle.create('bpmn:ExtensionElements', { values: [] });
  const list = holder.get('values').find(({ $type }) => $type === 'spiffworkflow:Properties') ?? moddle.create('spiffworkflow:Properties', { properties: [] });
  list.get('properties').push(moddle.create('spiffworkflow:Property', { name: 'form', value: descriptor.id }));
  if (!holder.get('values').includes(list)) holder.get('values').push(list);
  object.set('extensionElements', holder);
  holder.$parent = object;
}

export default {
  __init__: ['copyPaste'],
  clipboard: ['type', SharedClipboard],
  copyPaste: ['type', CopyingOurWay],
};
