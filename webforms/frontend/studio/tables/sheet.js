// The table's surface: dmn-js without its own pickers, with our names, in the reader's language; what it drops is put back.
import Modeler from 'dmn-js/lib/Modeler';
import { DmnVariableResolverModule } from '@bpmn-io/dmn-variable-resolver';
import DecisionTableEditor from 'dmn-js-decision-table/lib/Editor';
import simpleMode from 'dmn-js-decision-table/lib/features/simple-mode';
import simpleBoolean from 'dmn-js-decision-table/lib/features/simple-boolean-edit';
import simpleDate from 'dmn-js-decision-table/lib/features/simple-date-edit';
import simpleDateTime from 'dmn-js-decision-table/lib/features/simple-date-time-edit';
import simpleDuration from 'dmn-js-decision-table/lib/features/simple-duration-edit';
import simpleNumber from 'dmn-js-decision-table/lib/features/simple-number-edit';
import simpleString from 'dmn-js-decision-table/lib/features/simple-string-edit';
import simpleTime from 'dmn-js-decision-table/lib/features/simple-time-edit';
import { lostBetween, parsed, putBack } from '../model/lost.js';
import chinese from './chinese.js';

// The panel beside the table has the fields of the procedure to choose from: two ways to pick would confuse.
const PICKERS = [simpleMode, simpleBoolean, simpleDate, simpleDateTime, simpleDuration, simpleNumber, simpleString, simpleTime];
// What may be named comes from the procedure, not from what the file happens to hold.
const REPLACED = new Set([...PICKERS, DmnVariableResolverModule]);
const redress = {
  name: 'Redress', uri: 'urn:redress:dmn', prefix: 'redress', associations: [],
  types: [{ name: 'Bilingual', extends: ['dmn:DMNElement'], properties: [{ name: 'en', isAttr: true, type: 'String' }] }],
};

class OwnersTable extends DecisionTableEditor {
  getModules() {
    return super.getModules().filter((module) => !REPLACED.has(module));
  }
}

class Sheet extends Modeler {
  _getViewProviders() {
    return super._getViewProviders().map((view) => (view.id === 'decisionTable' ? { ...view, constructor: OwnersTable } : view));
  }
}

const speaking = {
  translate: ['value', (template, replacements = {}) => (chinese[template] ?? template).replace(/{(\w+)}/g, (place, key) => replacements[key] ?? place)],
};

// What an expression may name: the fields, each with what it is called.
const knowing = (fields) => {
  const variables = fields.map(({ value, label }) => ({ name: value, detail: label }));
  return { variableResolver: ['value', { getVariables: () => variables }] };
};

export function makeSheet({ canvas, catalogue, language }) {
  const additionalModules = [knowing(catalogue.fields), ...(language.startsWith('zh') ? [speaking] : [])];
  const view = { additionalModules };
  return new Sheet({
    container: canvas,
    // Typed text is written at once: a late write would land after later edits.
    common: { debounceInput: false },
    drd: view, decisionTable: view, literalExpression: view, boxedExpression: view,
    moddleExtensions: { redress },
  });
}

export async function open(sheet, xml) {
  await sheet.importXML(xml, { open: false });
  const views = sheet.getViews();
  await sheet.open(views.find(({ type }) => type === 'decisionTable') ?? views.find(({ type }) => type !== 'drd') ?? views[0]);
}

async function asModelled(sheet) {
  const { xml } = await sheet.saveXML({ format: true });
  return xml;
}

// A way to write the table as it is now, that loses nothing of what was opened.
export async function writer(sheet, opened) {
  const lost = lostBetween(parsed(opened), parsed(await asModelled(sheet)));
  return async () => putBack(await asModelled(sheet), lost);
}

// The table that is looked at, null while another kind of decision is.
export function tableOf(sheet) {
  return sheet.getActiveView()?.type === 'decisionTable' ? sheet.getActiveViewer() : null;
}
