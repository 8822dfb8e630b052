// The panel's building blocks: one entry reads the model anew each time it is drawn and writes one step that can be undone.
import {
  CheckboxEntry, NumberFieldEntry, SelectEntry, TextAreaEntry, TextFieldEntry,
  isCheckboxEntryEdited, isNumberFieldEntryEdited, isSelectEntryEdited, isTextAreaEntryEdited, isTextFieldEntryEdited,
} from '@bpmn-io/properties-panel';
import { h } from '@bpmn-io/properties-panel/preact';
import { useService } from 'bpmn-js-properties-panel';

const KINDS = {
  line: [TextFieldEntry, isTextFieldEntryEdited],
  words: [TextAreaEntry, isTextAreaEntryEdited],
  number: [NumberFieldEntry, isNumberFieldEntryEdited],
  choose: [SelectEntry, isSelectEntryEdited],
  tick: [CheckboxEntry, isCheckboxEntryEdited],
};

// What every write needs of the editor.
export const useTools = () => ({
  modeling: useService('modeling'), moddle: useService('moddle'), bpmnFactory: useService('bpmnFactory'),
  commandStack: useService('commandStack'), bpmnReplace: useService('bpmnReplace'),
});

const same = (one, other) => String(one ?? '') === String(other ?? '');

function Simple({ element, id, spec }) {
  const tools = useTools();
  const debounce = useService('debounceInput'), translate = useService('translate');
  const [Entry] = KINDS[spec.kind];
  return h(Entry, {
    element, id, debounce, translate,
    label: spec.label, description: spec.help, monospace: spec.monospace, rows: spec.rows, disabled: spec.disabled,
    getValue: () => spec.get(element),
    setValue: (value) => same(spec.get(element), value) || spec.set(value ?? '', tools, element),
    getOptions: spec.options && (() => [{ value: '', label: spec.empty ?? '—' }, ...spec.options()]),
    validate: spec.validate,
  });
}

// {kind, id, label, get(element), set(value, tools, element), options?, help?}; `component` draws itself instead.
export function entry(element, spec) {
  if (spec.component) return { id: spec.id, element, spec, component: spec.component, isEdited: () => false };
  return { id: spec.id, element, spec, component: Simple, isEdited: KINDS[spec.kind][1] };
}
