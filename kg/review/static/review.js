// The page: shows the desk, and turns keys and buttons into what is asked of it.

import * as server from "./desk.js";
import { drawFields, firstRole, kindOf, showFindings } from "./form.js";
import { make } from "./make.js";
import { drawText, moved, selectedSpan } from "./text.js";

const $ = (id) => document.getElementById(id);
const SIGNS = { positive: "✓", negative: "✗", unsure: "?", null: "·" };
const SAID = { positive: "accepted", negative: "rejected", unsure: "unsure", null: "not decided" };
let desk;
let forms;
let current = null;
let silentAt = -1;
let lastSpan = null;
let finishing = false;
let waiting = Promise.resolve();

const item = () => desk.items.find((one) => one.path === current);

function ordered() {
  const start = (one) => (one.spans.length ? one.spans[0][0] : one.kind === "article" ? -1 : Infinity);
  const rank = (one) => ["article", "claim", "voice", "actor", "place", "mention", "nothing", "part"].indexOf(one.kind);
  const by = {
    claims: (a, b) => rank(a) - rank(b) || start(a) - start(b),
    text: (a, b) => start(a) - start(b),
    score: (a, b) => (b.score ?? -1) - (a.score ?? -1),
    doubt: (a, b) => (a.score ?? -1) - (b.score ?? -1),
  }[$("order").value];
  return desk.items.map((one, at) => [one, at]).sort(([a, i], [b, j]) => by(a, b) || i - j).map(([one]) => one);
}

function say(words, wrong = false) {
  $("message").textContent = words;
  $("message").classList.toggle("wrong", wrong);
}

// --- what is shown ---------------------------------------------------------------------

function draw() {
  $("title").textContent = desk.title;
  const decided = desk.items.length - desk.undecided;
  $("progress").textContent = `${desk.who} · ${decided} of ${desk.items.length} decided · silent sentences: ${desk.silent}`;
  $("undo").disabled = !desk.undoable;
  drawList();
  drawEntry();
  drawText($("text"), desk, item(), choose);
  for (const kind of ["actors", "places"]) fillList(kind, desk[kind]);
  fillList("anything", [...desk.actors, ...desk.places]);
  for (const kind of ["voice", "claim"]) fillList(`${kind}s`, desk.items.filter((one) => one.kind === kind).map((one) => ({ id: one.name, label: words(one) })));
}

function fillList(id, known) {
  $(id).replaceChildren(...known.map((one) => make("option", { value: one.id }, one.label)));
}

function words(one) {
  const points = Array.from(desk.text);
  return one.spans.map(([start, end]) => points.slice(start, end).join("")).join(" … ");
}

function drawList() {
  const rows = ordered().map((one) => {
    const judged = one.judgement ?? "null";
    const sign = make("span", { class: `state ${judged}`, "aria-hidden": "true" }, SIGNS[judged]);
    const score = one.score === null || one.score === undefined ? "" : ` ${one.score}`;
    const name = make("span", {}, called(one), " ");
    const kind = make("span", { class: "kind" }, `${one.kind}${score}`);
    const said = `${one.kind} ${one.name}, ${SAID[judged]}`;
    return make("li", {}, make("button", { type: "button", "aria-label": said, "aria-current": one.path === current ? "true" : null, onclick: () => choose(one.path) }, sign, name, kind));
  });
  $("list").replaceChildren(...rows);
  $("list").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

// A part is called by its kind: it has no name of its own.
function called(one) {
  return one.kind === "part" ? (one.table.kind ?? "a part") : one.name || "the article";
}

function drawEntry() {
  const one = item();
  const box = $("entry");
  if (!one) {
    box.replaceChildren(make("h2", { id: "name" }, "Nothing to judge"));
    return;
  }
  const scrolled = box.dataset.path === one.path ? (box.querySelector(".read")?.scrollTop ?? 0) : 0;
  const judged = SAID[one.judgement ?? "null"];
  const score = one.score === null || one.score === undefined ? "not measured" : one.score;
  const why = one.rule ? `${one.rule} (score ${score}): ${one.why}` : one.added ? "added by the reviewer" : one.why;
  const quote = words(one);
  const kind = one.kind === "claim" ? { event: "event", control: "state of control", quantity: "figure" }[kindOf(one.table)] ?? "claim" : one.kind;
  box.replaceChildren(make("div", { class: "read" },
    make("h2", { id: "name" }, `${called(one)} `, make("small", {}, `${kind}, ${judged}`)),
    make("p", { class: "why" }, why),
    quote && one.kind !== "part" ? make("blockquote", { dir: "auto" }, quote) : null ?? "",
    one.lost && one.kind !== "article" && one.kind !== "actor" && one.kind !== "place" ? make("p", { class: "finding" }, one.lost) : "",
    one.views ? compared(one) : "",
    drawFields(one, forms.kinds[one.kind], forms.roles, changeField),
    make("p", { class: "finding whole", role: "alert" }),
    ...["positive", "negative"].filter((judgement) => one.along[judgement].length).map((judgement) => together(one, judgement))),
    make("div", { class: "deciding" },
      make("button", { type: "button", class: "main", id: "accept", onclick: () => judge("positive") }, "Accept, next ", make("kbd", {}, "a")),
      make("button", { type: "button", onclick: () => judge("negative") }, "Reject, next ", make("kbd", {}, "r")),
      make("button", { type: "button", onclick: () => judge("unsure") }, "Unsure ", make("kbd", {}, "u"))),
  );
  box.dataset.path = one.path;
  box.querySelector(".read").scrollTop = scrolled;
}

// What would be judged along with an entry, and the button for it.
function together(one, judgement) {
  const [verb, key] = judgement === "positive" ? ["Accept", "A"] : ["Reject", "R"];
  const named = one.along[judgement].map((path) => path.replace("/", " ")).join(", ");
  return make("p", { class: "along" },
    make("button", { type: "button", onclick: () => judge(judgement, true) }, `${verb} with ${one.along[judgement].length} more `, make("kbd", {}, key)), ` ${named}`);
}

// What each reviewer made of an entry, key by key, where they differ.
function compared(one) {
  const all = [...new Set(one.views.flatMap((view) => Object.keys(view.toml)))];
  const keys = all.filter((key) => new Set(one.views.map((view) => view.toml[key])).size > 1);
  const row = (name, cells) => make("tr", { class: new Set(cells).size > 1 ? "differs" : null }, make("th", { scope: "row" }, name), ...cells.map((cell) => make("td", {}, cell)));
  const take = one.views.map((view) => make("td", {}, make("button", { type: "button", onclick: () => act("edit", { path: one.path, table: view.table }).then(draw) }, `take ${view.who}’s`)));
  return make("table", { class: "compared" },
    make("thead", {}, make("tr", {}, make("td", {}), ...one.views.map((view) => make("th", { scope: "col" }, view.who)))),
    make("tbody", {}, row("judgement", one.views.map((view) => SAID[view.judgement ?? "null"])), ...keys.map((key) => row(key, one.views.map((view) => view.toml[key] ?? "–"))), make("tr", {}, make("th", { scope: "row" }, ""), ...take)));
}

// --- what is done ----------------------------------------------------------------------

// One after the other, so that no key overtakes a field that is being kept; whatever becomes of one,
// the next is asked.
function act(verb, asked) {
  const done = waiting.then(async () => {
    try {
      const answer = await server.change(verb, typeof asked === "function" ? asked() : asked);
      desk = answer.state;
      return answer;
    } catch (refused) {
      if (!(refused instanceof server.Refused)) throw refused;
      say(refused.message, true);
      if (Object.keys(refused.findings).length) showFindings($("entry"), refused.findings);
      return null;
    }
  });
  waiting = done.catch(() => null);
  return done;
}

async function changeField(key, value) {
  const path = current;
  const answer = await act("edit", () => ({ path, table: { ...desk.items.find((one) => one.path === path).table, [key]: value } }));
  if (!answer || current !== path) return;
  const focused = document.activeElement?.id;
  draw();
  if (focused) $(focused)?.focus();
  say(`${key} kept.`);
  const checked = await act("check", { path, table: item().table });
  if (checked) showFindings($("entry"), checked.said);
}

async function judge(judgement, along = false) {
  document.activeElement?.blur?.(); // a field that is being typed in is kept first
  await waiting;
  const path = current;
  const answer = await act("judge", () => ({ path, judgement, along }));
  if (!answer) return;
  say(`${answer.said}: ${SAID[judgement]}.`);
  current = nextUndecided(path);
  draw();
  $("entry").focus();
}

function nextUndecided(path) {
  const all = ordered();
  const at = all.findIndex((one) => one.path === path);
  const round = [...all.slice(at + 1), ...all.slice(0, at)];
  return (round.find((one) => one.judgement === null) ?? round.find((one) => one.judgement === "unsure") ?? all[at]).path;
}

function choose(path) {
  current = path;
  draw();
  $("entry").focus({ preventScroll: true });
}

function go(step) {
  const all = ordered();
  const at = all.findIndex((one) => one.path === current);
  choose(all[(at + step + all.length) % all.length].path);
}

async function undo() {
  const answer = await act("undo", {});
  if (!answer?.said.length) return;
  const [path] = answer.said;
  current = desk.items.some((one) => one.path === path) ? path : ordered()[0]?.path;
  say(`Undone: ${answer.said.join(", ")}.`);
  draw();
}

async function setSpan(span) {
  const answer = await act("anchor", { path: current, span });
  if (answer) {
    say("Words kept.");
    draw();
  }
}

function moveEnd(which, outward) {
  const one = item();
  if (!one?.spans.length) return;
  setSpan(moved(desk.text, [one.spans[0][0], one.spans[one.spans.length - 1][1]], which, outward));
}

async function add(kind) {
  const authority = kind === "actor" || kind === "place";
  const sentence = authority ? null : desk.sentences[silentAt]?.at;
  const span = selectedSpan($("text")) ?? lastSpan ?? sentence ?? null;
  if (!span && !authority) {
    say("Select words of the article first, or choose a silent sentence (o).", true);
    return;
  }
  const label = Array.from(desk.text).slice(...(span ?? [0, 0])).join("").trim();
  const tables = { part: { kind: "body" }, voice: { form: "indirect" }, actor: { label: { en: "?" } }, place: { label: { en: "?" } } };
  const answer = await act("add", { kind, called: label, span, table: tables[kind] ?? {} });
  if (!answer) return;
  lastSpan = null;
  getSelection().removeAllRanges();
  current = answer.said;
  draw();
  firstRole($("entry"))?.focus();
  say(`Added: ${answer.said}. Fill its form, then accept it.`);
}

function nextSilent() {
  const all = desk.sentences;
  for (let n = 1; n <= all.length; n += 1) {
    const at = (silentAt + n + all.length) % all.length;
    if (all[at].says === "silent") {
      silentAt = at;
      drawText($("text"), desk, { spans: [all[at].at] }, choose);
      say(`Says nothing yet: ${Array.from(desk.text).slice(...all[at].at).join("")}`);
      return;
    }
  }
  silentAt = -1;
  say("Every sentence says something, or is set aside.");
}

async function finish() {
  const answer = await act("finish", { anyway: finishing });
  if (answer) {
    say(`Written: ${answer.said}. You may close this page and end the command.`);
    draw();
  } else if (desk.undecided === 0 && desk.silent > 0 && !finishing) {
    finishing = true;
    say(`${$("message").textContent} Finish again to end all the same.`, true);
  }
}

function askName() {
  const one = item();
  if (!one || ["article", "part", "nothing"].includes(one.kind)) {
    say("This entry has no name of its own.", true);
    return;
  }
  $("renaming").returnValue = $("new-name").value = "";
  $("new-name").setAttribute("list", { actor: "actors", place: "places" }[one.kind] ?? "");
  $("renaming-title").textContent = `Another name for ${one.kind} ${one.name}`;
  $("renaming").showModal();
}

async function rename() {
  const answer = await act("rename", { path: current, name: $("new-name").value });
  if (!answer) return;
  const [path, ...others] = answer.said;
  current = path;
  draw();
  say(`Renamed: ${path}, also in ${others.length ? others.join(", ") : "no other entry"}.`);
}

function search() {
  $("query").value = "";
  $("found").replaceChildren();
  $("searching").showModal();
  $("query").focus();
}

function find() {
  const asked = $("query").value.toLowerCase().trim();
  const all = [...desk.actors.map((one) => ({ ...one, kind: "actor" })), ...desk.places.map((one) => ({ ...one, kind: "place" }))];
  const hits = all.filter((one) => asked && `${one.id} ${one.label}`.toLowerCase().includes(asked)).slice(0, 30);
  const fields = forms.kinds[item()?.kind ?? "claim"].filter((field) => ["actors", "places", "anything"].includes(field.of));
  $("found").replaceChildren(...hits.map((one) => make("li", {}, `${one.label} — ${one.id} (${one.type}) `, ...uses(one, fields))));
  if (asked && !hits.length) $("found").append(make("li", {}, "None. Add it as a new actor or place (in the list of entries)."));
}

function uses(one, fields) {
  const fit = fields.filter((field) => (field.of === "anything" || field.of === `${one.kind}s`) && $("entry").querySelector(`[data-key="${field.key}"]`));
  return fit.map((field) => make("button", { type: "button", onclick: () => {
    $("searching").close();
    const before = item().table[field.key] ?? [];
    changeField(field.key, field.widget === "references" ? [...before, one.id] : one.id);
  } }, `as ${field.key}`));
}

// --- keys and buttons ------------------------------------------------------------------

const KEYS = {
  A: () => judge("positive", true), R: () => judge("negative", true),
  a: () => judge("positive"), r: () => judge("negative"), u: () => judge("unsure"), z: undo,
  j: () => go(1), k: () => go(-1), w: () => useSelection(), o: nextSilent, f: finish,
  "[": () => moveEnd("start", true), "{": () => moveEnd("start", false), "]": () => moveEnd("end", true), "}": () => moveEnd("end", false),
  t: () => $("entry").querySelector('[data-key="type"] select, [data-key="form"] select')?.focus(),
  e: () => firstRole($("entry"))?.focus(), "/": search, n: askName, h: () => $("helping").showModal(),
  c: () => add("claim"), v: () => add("voice"), m: () => add("mention"), g: () => add("actor"), p: () => add("place"), x: () => add("nothing"),
};

function useSelection() {
  const span = selectedSpan($("text")) ?? lastSpan;
  if (span) setSpan(span);
  else say("Select words of the article first.", true);
}

document.addEventListener("keydown", (event) => {
  if (!desk || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
  if (event.key === "Escape" && typing) $("entry").focus();
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) judge("positive");
  else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && $("keys").checked && KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});
document.addEventListener("selectionchange", () => {
  lastSpan = selectedSpan($("text")) ?? (document.activeElement?.closest("button") ? lastSpan : null);
});
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || !desk) return;
  desk = await server.state().catch(() => desk); // another tab may have judged
  draw();
});
$("order").addEventListener("change", draw);
$("undo").addEventListener("click", undo);
$("help").addEventListener("click", KEYS.h);
$("finish").addEventListener("click", finish);
$("move").addEventListener("click", useSelection);
$("silent").addEventListener("click", nextSilent);
$("query").addEventListener("input", find);
$("renaming").addEventListener("close", () => $("renaming").returnValue === "rename" && rename());
document.querySelectorAll("[data-add]").forEach((button) => button.addEventListener("click", () => add(button.dataset.add)));

try {
  [forms, desk] = [await server.forms(), await server.state()];
  current = (ordered().find((one) => one.judgement === null) ?? ordered()[0])?.path;
  draw();
} catch (refused) {
  say(refused.message, true);
}
