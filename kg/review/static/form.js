// An entry as a form, from the fields that the shapes give.

import { make } from "./make.js";

const ROLES = ["gained-by", "lost-by", "agent", "affected", "supported-by", "controller", "place", "departure", "destination"];
const FIGURE = ["measure", "value", "number", "unit", "bound", "scope"];
const SELDOM = ["nth", "to-nth", "cue-nth", "basis", "because", "probably-derived-from", "same-utterance-as", "denies", "corrects", "on-condition", "authors", "archived", "accessed", "alt", "note", "from", "to"];
const PLACES = ["place", "departure", "destination"];
const STANDING = ["mode", "degree", "situation", "hold", "polarity", "completion", "factuality", "certainty"];
const DEFAULTS = { mode: "unspecified", polarity: "positive", factuality: "asserted", certainty: "underspecified" };
const BASES = ["explicit", "relative-to-publication", "relative-to-event", "publication", "inferred"];

export function kindOf(table) {
  if (table.measure) return "quantity";
  if (table.controller || table.degree) return "control";
  return table.type ? "event" : "";
}

// What the role tables say of a field of this claim: needed, never, or neither.
function standing(key, table, roles) {
  const tables = [roles[kindOf(table)], roles[table.type]].filter(Boolean);
  if (tables.some((one) => one.never.includes(key))) return "never";
  if (tables.some((one) => one.needs.some((group) => group.includes(key) && !group.some((k) => table[k])))) return "needed";
  return "";
}

export function drawFields(item, fields, roles, changed) {
  const box = make("div", {});
  const pair = make("div", { class: "pair" });
  const seldom = make("details", {}, make("summary", {}, "More fields"));
  for (const field of fields) {
    const says = item.kind === "claim" ? standing(field.key, item.table, roles) : "";
    const filled = item.table[field.key] !== undefined;
    const foreign = item.kind === "claim" && FIGURE.includes(field.key) && field.key !== "measure" && kindOf(item.table) !== "quantity";
    if (says === "never" && !filled && field.key !== "type" && field.key !== "measure") continue;
    const row = drawField(item, field, says, changed);
    const hidden = !filled && !field.required && (SELDOM.includes(field.key) || foreign || ((field.key === "type" || field.key === "measure") && says === "never"));
    const standingRow = item.kind === "claim" && STANDING.includes(field.key);
    if (standingRow && !pair.parentNode) box.append(pair);
    (hidden ? seldom : standingRow ? pair : box).append(row);
  }
  if (seldom.children.length > 1) box.append(seldom);
  return box;
}

function drawField(item, field, says, changed) {
  const id = `field-${field.key}`;
  const needed = says === "needed" || (field.required && item.table[field.key] === undefined);
  const single = !["references", "when"].includes(widget(field));
  const title = single ? make("label", { for: id }, field.key) : make("span", { class: "label", id: `${id}-label` }, field.key);
  const inputs = make("div", { class: "inputs", role: single ? null : "group", "aria-labelledby": single ? null : `${id}-label` });
  inputs.append(...WIDGETS[widget(field)](item, field, id, changed));
  const row = make("div", { class: `field${needed ? " needed" : ""}`, "data-key": field.key }, title, inputs);
  const first = inputs.querySelector("input, select, textarea");
  if (field.help && first) {
    first.title = field.help;
  }
  const option = field.options.find((one) => one.value === item.table[field.key]);
  if (option?.help && ["type", "degree", "measure", "factuality", "completion"].includes(field.key)) row.append(make("p", { class: "help" }, option.help));
  if (says === "never" && item.table[field.key] !== undefined) row.append(make("p", { class: "finding" }, "This kind of claim has no such field."));
  const was = item.proposedToml?.[field.key];
  if (item.changed && was !== item.toml[field.key]) row.append(make("p", { class: "was" }, was ?? "nothing"));
  return row;
}

// What holds where a claim does not say.
function unsaid(item, key) {
  if (item.kind !== "claim") return "–";
  const completion = kindOf(item.table) === "event" ? "completed" : "ongoing";
  const meant = key === "completion" && kindOf(item.table) ? completion : DEFAULTS[key];
  return meant ? `– (${meant})` : "–";
}

function widget(field) {
  return field.key === "when" ? "when" : field.widget;
}

const WIDGETS = {
  choice(item, field, id, changed) {
    const value = item.table[field.key] ?? "";
    const select = make("select", { id, onchange: () => changed(field.key, select.value || null) }, make("option", { value: "" }, unsaid(item, field.key)));
    const known = field.options.some((one) => one.value === value);
    for (const one of field.options) select.append(make("option", { value: one.value, title: one.help }, one.label));
    if (value && !known) select.append(make("option", { value }, value));
    select.value = value;
    return [select];
  },
  text: (item, field, id, changed) => [line(id, item.table[field.key] ?? "", (value) => changed(field.key, value || null))],
  day: (item, field, id, changed) => [line(id, item.table[field.key] ?? "", (value) => changed(field.key, value || null), { placeholder: "2026-03-01" })],
  number: (item, field, id, changed) => [line(id, item.table[field.key] ?? "", (value) => changed(field.key, value === "" ? null : Number.isNaN(Number(value)) ? value : Number(value)), { inputmode: "decimal" })],
  suggested(item, field, id, changed) {
    const list = make("datalist", { id: `${id}-list` }, ...field.options.map((one) => make("option", { value: one.value })));
    return [line(id, item.table[field.key] ?? "", (value) => changed(field.key, value || null), { list: `${id}-list` }), list];
  },
  words(item, field, id, changed) {
    const value = item.table[field.key];
    if (Array.isArray(value)) return WIDGETS.toml(item, field, id, changed);
    return [line(id, value ?? "", (typed) => changed(field.key, typed || null))];
  },
  toml: (item, field, id, changed) => [line(id, item.toml[field.key] ?? "", (value) => changed(field.key, value.trim() ? { toml: value } : null), { spellcheck: "false", placeholder: field.help })],
  "toml-or-text": (item, field, id, changed) => [line(id, typeof item.table[field.key] === "string" ? item.table[field.key] : item.toml[field.key] ?? "", (value) => changed(field.key, value.trim().startsWith("{") ? { toml: value } : value || null))],
  reference: (item, field, id, changed) => [reference(id, field, item.table[field.key], (value) => changed(field.key, value))],
  references(item, field, id, changed) {
    const values = item.table[field.key] ?? [];
    const kept = (at, value) => {
      const list = [...values];
      if (value === null) list.splice(at, 1);
      else list[at] = value;
      changed(field.key, list.length ? list : null);
    };
    return [...values, undefined].map((value, at) =>
      reference(at === 0 ? id : `${id}-${at}`, field, value, (typed) => (typed === null && value === undefined ? null : kept(at, typed)), value === undefined ? `${field.key}: add` : `${field.key} ${at + 1}`),
    );
  },
  when(item, field, id, changed) {
    const when = item.table.when ?? {};
    const days = (value) => (Array.isArray(value) ? value.join(" to ") : value ?? "");
    const typed = (value) => {
      const found = value.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
      return found.length > 1 ? found.slice(0, 2) : found[0] ?? (value.trim() || undefined);
    };
    const set = (key, value) => {
      const next = { ...when, [key]: value };
      for (const k of Object.keys(next)) if (next[k] === undefined || next[k] === "") delete next[k];
      changed("when", Object.keys(next).length ? next : null);
    };
    const cell = (key, input) => make("label", {}, key, input);
    const day = (key) => cell(key, line(null, days(when[key]), (value) => set(key, typed(value)), { placeholder: key === "on" ? "2026-03-01" : "2026-03-01 to 2026-03-07" }));
    const basis = make("select", { onchange: () => set("basis", basis.value) }, make("option", { value: "" }, "–"), ...BASES.map((one) => make("option", { value: one }, one)));
    basis.value = when.basis ?? "";
    const words = ["words", "anchor", "because"].map((key) => cell(key, line(null, when[key] ?? "", (value) => set(key, value))));
    return [make("div", { class: "when" }, day("on"), day("within"), day("since"), day("until"), cell("basis", basis), ...words)];
  },
};

function line(id, value, changed, attributes = {}) {
  const input = make("input", { id, type: "text", autocomplete: "off", dir: "auto", ...attributes, onchange: () => changed(input.value) });
  input.value = value;
  return input;
}

// An id out of a list; or, for who and where, the article's own words, in quotation marks.
function reference(id, field, value, changed, name = null) {
  const local = value && typeof value === "object" ? Object.values(value)[0] : null;
  return line(id, local === null ? value ?? "" : `“${local}”`, (typed) => changed(meant(typed.trim(), field)), {
    list: field.of, "aria-label": name, class: name === null ? null : value === undefined ? "add" : "one", placeholder: field.local ? "id, or “words of the article”" : "id",
  });
}

function meant(typed, field) {
  if (!typed) return null;
  const words = typed.match(/^["“](.+?)["”]?$/u);
  if (words && field.local) return { [PLACES.includes(field.key) ? "described" : "unnamed"]: words[1] };
  return typed;
}

export function firstRole(box) {
  for (const key of [...ROLES, "speaker", "refers-to"]) {
    const input = box.querySelector(`[data-key="${key}"] input`);
    if (input) return input;
  }
  return box.querySelector('[data-key="type"] select') ?? box.querySelector("input, select");
}

export function showFindings(box, findings) {
  box.querySelectorAll(".finding:not(.whole)").forEach((old) => old.remove());
  box.querySelectorAll("[aria-invalid]").forEach((old) => old.removeAttribute("aria-invalid"));
  const rest = [];
  for (const [key, messages] of Object.entries(findings)) {
    const row = box.querySelector(`[data-key="${key}"]`);
    if (!row) rest.push(...messages);
    else {
      const id = `finding-${key}`;
      row.closest("details")?.setAttribute("open", "");
      row.append(make("p", { class: "finding", id }, messages.join(" ")));
      row.querySelectorAll("input, select").forEach((input) => {
        input.setAttribute("aria-invalid", "true");
        input.setAttribute("aria-describedby", id);
      });
    }
  }
  box.querySelector(".whole").textContent = rest.join(" ");
}
