// The result as a table, and as it was sent. Whatever it holds is set as text; a link leads to http
// or https only.

const MANY = 100;
const LONGEST = 200_000;
const LOCAL = /^[\w][\w.-]*$/;
const FORMS = {
  csv: "CSV",
  json: "JSON",
  xml: "XML",
  ttl: "Turtle",
  nt: "N-Triples",
  jsonld: "JSON-LD",
};
const XSD = "http://www.w3.org/2001/XMLSchema#";

/** A view of YASR, in place of its own table. */
export class Rows {
  static known = { prefixes: {}, pages: {} };
  static root = "";
  label = "Table";
  priority = 10;

  constructor(yasr) {
    this.yasr = yasr;
  }

  canHandleResults() {
    return Boolean(this.table()?.results);
  }

  /** The result as it was sent: YASR's own reading rewrites literals that hold {{…}}. */
  table() {
    try {
      return JSON.parse(this.yasr.results.getOriginalResponseAsString());
    } catch {
      return null;
    }
  }

  draw() {
    const { head, results } = this.table();
    const rows = results.bindings;
    if (!rows.length) {
      this.yasr.resultsEl.append(made("p", { className: "empty", textContent: "No rows." }));
      return;
    }
    const body = made("tbody");
    const table = made("table", {}, headOf(head.vars), body);
    const region = made("div", { className: "wide", tabIndex: 0, role: "region" }, table);
    region.ariaLabel = "Result";
    const pager = made("p", { className: "pages" });
    this.yasr.resultsEl.append(region, pager, files(this.yasr, ["csv", "json", "xml"]));
    const show = (first) => {
      body.replaceChildren(...rows.slice(first, first + MANY).map((row) => line(head.vars, row)));
      pager.replaceChildren(...turns(first, rows.length, show));
    };
    show(0);
  }
}

/** The result as text, from its beginning: the other view of YASR. */
export class Text {
  static addressOf = () => null;
  label = "Response";
  priority = 2;

  constructor(yasr) {
    this.yasr = yasr;
  }

  sent() {
    return this.yasr.results?.getOriginalResponseAsString() ?? "";
  }

  canHandleResults() {
    return this.sent().length > 0 && !this.yasr.results.hasError();
  }

  draw() {
    const [sent, table] = [this.sent(), this.yasr.results.getType() === "json"];
    const shown = made("pre", { textContent: sent.slice(0, LONGEST), tabIndex: 0, role: "region" });
    shown.ariaLabel = "Response";
    this.yasr.resultsEl.append(shown);
    if (sent.length > LONGEST) {
      const text = `The first ${LONGEST} of ${sent.length} characters; the files have all.`;
      this.yasr.resultsEl.append(made("p", { className: "wrong", textContent: text }));
    }
    this.yasr.resultsEl.append(files(this.yasr, table ? ["json", "xml"] : ["ttl", "nt", "jsonld"]));
  }
}

/** Links to the result as files, where it is known what was asked. */
function files(yasr, forms) {
  const links = forms.flatMap((form) => {
    const href = Text.addressOf(yasr, form);
    return href ? [" ", made("a", { href, textContent: FORMS[form] })] : [];
  });
  return made("p", { className: "forms" }, ...(links.length ? ["As data:", ...links] : []));
}

function headOf(names) {
  const cells = names.map((name) => made("th", { scope: "col", textContent: name }));
  return made("thead", {}, made("tr", {}, ...cells));
}

function line(names, row) {
  return made("tr", {}, ...names.map((name) => made("td", {}, ...cell(row[name]))));
}

/** Which rows are shown, with a button to those before and after. */
function turns(first, total, show) {
  if (total <= MANY) return [];
  const last = Math.min(first + MANY, total);
  const turn = (text, to, possible) =>
    made("button", { type: "button", textContent: text, disabled: !possible, onclick: () => show(to) });
  return [
    turn("Before", first - MANY, first > 0),
    made("span", { textContent: `Rows ${first + 1} to ${last} of ${total}` }),
    turn("After", first + MANY, last < total),
  ];
}

function cell(term) {
  if (!term) return [];
  if (term.type === "uri") return [link(term.value)];
  if (term.type === "bnode") return [made("bdi", { textContent: `_:${term.value}` })];
  if (typeof term.value !== "string") return [made("bdi", { textContent: JSON.stringify(term.value) })];
  const shown = made("bdi", { textContent: term.value });
  if (term["xml:lang"]) shown.lang = term["xml:lang"];
  if (term.datatype && term.datatype !== `${XSD}string`) shown.title = short(term.datatype);
  return [shown];
}

/** An IRI, linked if its scheme is harmless: to the page about it here where there is one. */
function link(iri) {
  const text = made("bdi", { textContent: short(iri) });
  const href = address(iri);
  return href ? made("a", { href, title: iri }, text) : text;
}

function address(iri) {
  const start = longest(Object.keys(Rows.known.pages), iri);
  if (start && iri.length > start.length) {
    const [path, local] = [Rows.known.pages[start], iri.slice(start.length)];
    const named = local.split("/").map(encodeURIComponent).join("/");
    const below = path.endsWith("#") ? `${path.slice(0, -1)}.html#${named}` : `${path}${named}.html`;
    return `${Rows.root}/${below}`;
  }
  return /^https?:\/\//i.test(iri) ? iri : null;
}

/** An IRI by its prefix, where one is known. */
function short(iri) {
  const start = longest(Object.values(Rows.known.prefixes), iri);
  const local = start && iri.slice(start.length);
  if (!local || !LOCAL.test(local)) return iri;
  const [prefix] = Object.entries(Rows.known.prefixes).find(([, of]) => of === start);
  return `${prefix}:${local}`;
}

function longest(starts, iri) {
  const found = starts.filter((start) => iri.startsWith(start));
  return found.sort((one, other) => other.length - one.length)[0];
}

/** What the endpoint says is wrong, from its application/problem+json. */
export async function sayError(error) {
  let said = {};
  try {
    said = JSON.parse(error.text);
  } catch {
    // no answer of the endpoint's
  }
  const text = said.detail || said.title || "There was no answer. Is the connection up?";
  return made("p", { textContent: text, role: "alert" });
}

function made(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
