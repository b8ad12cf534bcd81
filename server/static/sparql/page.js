// The editor in place of the form. It asks this site and nobody else.
import { snippet } from "./copy.js";
import { completer } from "./complete.js";
import { Rows, Text, sayError } from "./rows.js";

const place = document.getElementById("yasgui");
const beside = document.getElementById("beside");
const { root, below } = place.dataset;
const endpoint = new URL(`${below}/sparql`, location.href).href;
/** The query that each result answers. */
const asked = new WeakMap();
const LANGUAGES = { link: "A link", curl: "curl", python: "Python", wrapper: "Python", r: "R" };

/** Sets what YASGUI begins with: our prefixes, completion and table; nobody else's pages. */
function prepare(known) {
  const { Yasqe, Yasr } = Yasgui;
  knowPrefixes(Yasqe, known.prefixes);
  Yasqe.registerAutocompleter(completer(known));
  Yasqe.prototype.setGutterMarker = markFault;
  Object.assign(Yasqe.defaults, {
    mode: "whoholds",
    autocompleters: ["variables", "known"],
    screenReaderLabel: "Query",
    inputStyle: "contenteditable", // read by screen readers, and a region that keys can scroll
    editorHeight: "min(24rem, 60vh)",
    prefixCcApi: null,
  });
  // Tab would stay in the editor for ever.
  Object.assign(Yasqe.defaults.extraKeys, { Tab: false, "Shift-Tab": false });
  Object.assign(Rows, { known, root });
  Text.addressOf = (yasr, form) =>
    asked.has(yasr) ? `${below}/sparql.${form}?query=${encodeURIComponent(asked.get(yasr))}` : null;
  Yasr.registerPlugin("table", Rows);
  Yasr.registerPlugin("response", Text);
  Yasr.defaults.errorRenderers = [sayError];
  Yasr.defaults.maxPersistentResponseSize = 0; // a result is that of its release
  // What leads to other people's pages, and a file of what the browser made of the result.
  Yasr.prototype.drawDocumentationButton = function () {
    this.documentationLink = document.createElement("a");
  };
  Yasr.prototype.drawDownloadIcon = () => {};
  Yasr.prototype.fillFallbackBox = () => {};
}

/** A mode for SPARQL in which the prefixes that the endpoint knows are declared. */
function knowPrefixes(CodeMirror, prefixes) {
  CodeMirror.defineMode("whoholds", (config) => {
    const mode = CodeMirror.getMode(config, "sparql11");
    const startState = () => ({ ...mode.startState(), prefixes: { ...prefixes } });
    return { ...mode, startState };
  });
}

/** Marks a line; of one that is no SPARQL, says why without a style that the policy forbids. */
function markFault(line, gutter, mark) {
  if (mark?.onmouseover) {
    const end = { line, ch: this.getDoc().getLine(line).length };
    const { errorMsg, possibleCurrent } = this.getTokenAt(end, true).state;
    const text = errorMsg || `This line is not SPARQL. Expected: ${possibleCurrent.join(", ")}`;
    Object.assign(mark, { onmouseover: null, onmouseout: null, title: text, role: "img" });
    mark.ariaLabel = text;
  }
  return Object.getPrototypeOf(Yasgui.Yasqe).prototype.setGutterMarker.call(this, line, gutter, mark);
}

/** The editor with the tabs that this browser has kept. */
function begin() {
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "application/n-triples" },
    endpointCatalogueOptions: { getData: () => [] },
    persistenceId: `whoholds ${endpoint}`,
    populateFromUrl: false,
    autofocus: false,
    yasqe: { value: document.getElementById("query").value },
  });
  for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);
  yasgui.on("query", (_yasgui, tab) => asked.set(tab.getYasr(), tab.getQuery()));
  yasgui.on("autocompletionShown", () => {
    document.querySelector(".CodeMirror-hints").ariaLabel = "Completions";
  });
  yasgui.on("tabSelect", putBeside);
  yasgui.on("tabClose", () => {
    if (!yasgui.persistentConfig.getTabs().length) add(yasgui, {});
  });
  const button = document.getElementById("new");
  button.addEventListener("click", () => add(yasgui, {}));
  yasgui.rootEl.before(button);
  putBeside();
  return yasgui;
}

function add(yasgui, tab) {
  yasgui.addTab(true, tab);
  putBeside();
}

/** Puts what goes with a query between the editor and the result of the tab that is shown. */
function putBeside() {
  const wrapper = place.querySelector(".tabPanel.active .editorwrapper");
  wrapper.append(beside);
  const field = wrapper.querySelector("[contenteditable]"); // CodeMirror calls it a presentation
  Object.assign(field, { role: "textbox", ariaMultiLine: "true" });
}

/** Shows a query in the tab that has it, else in a new one, and runs it. */
function open(yasgui, query, name) {
  const ids = yasgui.persistentConfig.getTabs();
  const kept = ids.find((id) => yasgui.persistentConfig.getTab(id).yasqe.value === query);
  if (kept) yasgui.selectTabId(kept);
  else add(yasgui, { name: yasgui.createTabName(name), yasqe: { value: query } });
  yasgui.getTab().query().catch(() => {}); // the result says what went wrong
}

function offerExamples(yasgui, known) {
  for (const link of document.querySelectorAll("a[data-example]")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const [title, query] = known.examples[link.dataset.example];
      open(yasgui, query, title);
      place.scrollIntoView();
    });
  }
}

/** Lets the link lead to the permalink of the query that the editor has when it is followed. */
function offerCitation(yasgui) {
  const link = document.getElementById("cite");
  for (const kind of ["click", "auxclick"]) {
    link.addEventListener(kind, () => {
      link.search = new URLSearchParams({ query: yasgui.getTab().getYasqe().getValue() });
    });
  }
}

/** The buttons that show the query as an address or a program, and copy it where that is allowed. */
function offerCopies(yasgui) {
  const shown = beside.querySelector("pre");
  const status = beside.querySelector("[role=status]");
  beside.addEventListener("click", async (event) => {
    const kind = event.target.dataset.as;
    if (!kind) return;
    const yasqe = yasgui.getTab().getYasqe();
    const graph = ["CONSTRUCT", "DESCRIBE"].includes(yasqe.getQueryType());
    const text = snippet(kind, endpoint, yasqe.getValue(), graph);
    shown.hidden = false;
    shown.firstChild.textContent = text;
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    status.textContent = copied ? `${LANGUAGES[kind]} is copied.` : "Shown below, to be copied.";
  });
}

async function start() {
  const answer = await fetch(`${below}/sparql/terms.json`);
  if (!answer.ok) return; // the form stays
  const known = await answer.json();
  prepare(known);
  const given = document.getElementById("query").value;
  document.getElementById("plain").hidden = true;
  place.hidden = beside.hidden = false;
  const yasgui = begin();
  offerExamples(yasgui, known);
  offerCopies(yasgui);
  offerCitation(yasgui);
  const example = known.examples[new URLSearchParams(location.search).get("example")];
  if (example) open(yasgui, given, example[0]);
  else if ("run" in place.dataset) open(yasgui, given);
}

start();
