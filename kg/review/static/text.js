// The article with its marks. Positions are code points, as in the mapping.

import { make } from "./make.js";

const KINDS = ["mention", "voice", "claim"]; // the later is drawn over the earlier

export function drawText(box, desk, current, choose) {
  const points = Array.from(desk.text);
  const marks = desk.items.filter((item) => item.judgement !== "negative" && KINDS.includes(item.kind));
  const cuts = new Set([0, points.length]);
  const cut = ([start, end]) => cuts.add(start).add(end);
  desk.parts.forEach(cut);
  desk.sentences.forEach((sentence) => cut(sentence.at));
  marks.forEach((item) => item.spans.forEach(cut));
  current?.spans.forEach(cut);
  points.forEach((point, at) => point === "\n" && cuts.add(at).add(at + 1));
  const edges = [...cuts].sort((a, b) => a - b);
  const holds = (spans, at) => spans.some(([start, end]) => start <= at && at < end);
  let line = make("p", { dir: "auto", lang: desk.language || null });
  box.replaceChildren(line);
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const [at, end] = [edges[i], edges[i + 1]];
    const words = points.slice(at, end).join("");
    if (words === "\n") {
      line = make("p", { dir: "auto", lang: desk.language || null });
      box.append(line);
      continue;
    }
    const here = marks.filter((item) => holds(item.spans, at));
    here.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
    const classes = [];
    if (!holds(desk.parts, at)) classes.push("out");
    if (here.length) classes.push("m", here[here.length - 1].kind);
    if (desk.sentences.some((one) => one.says === "silent" && holds([one.at], at))) classes.push("silent");
    if (current && holds(current.spans, at)) classes.push("now");
    const run = make("span", { class: classes.join(" ") || null, "data-at": at }, words);
    if (here.length) {
      run.title = here.map((item) => `${item.kind} ${item.name}`).join("; ");
      run.addEventListener("click", () => getSelection().isCollapsed && choose(next(here, current)));
    }
    line.append(run);
  }
  box.querySelector(".now")?.scrollIntoView({ block: "nearest" });
}

function next(here, current) {
  const at = here.findIndex((item) => item.path === current?.path);
  return here[(at + here.length - 1 + (at < 0 ? 1 : 0)) % here.length].path;
}

export function selectedSpan(box) {
  const selection = getSelection();
  if (selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = position(box, range.startContainer, range.startOffset, false);
  const end = position(box, range.endContainer, range.endOffset, true);
  return start !== null && end !== null && start < end ? [start, end] : null;
}

function position(box, node, offset, atEnd) {
  if (!box.contains(node)) return null;
  if (node.nodeType === Node.TEXT_NODE) {
    return Number(node.parentElement.dataset.at) + Array.from(node.data.slice(0, offset)).length;
  }
  const runs = [...box.querySelectorAll("[data-at]")];
  const range = document.createRange();
  range.setStart(box, 0);
  range.setEnd(node, offset);
  const before = runs.filter((run) => range.comparePoint(run, 0) <= 0 && run.firstChild && range.isPointInRange(run.firstChild, 0));
  const last = before[before.length - 1];
  if (!last) return 0;
  return Number(last.dataset.at) + (atEnd || !node.contains(last) ? Array.from(last.textContent).length : 0);
}

// The span with one of its ends moved over a word.
export function moved(text, [start, end], which, outward) {
  const points = Array.from(text);
  const blank = (at) => /\s/u.test(points[at] ?? " ");
  const step = (at, by) => {
    let here = at;
    while (here > 0 && here < points.length && blank(by < 0 ? here - 1 : here)) here += by;
    while (here > 0 && here < points.length && !blank(by < 0 ? here - 1 : here)) here += by;
    return here;
  };
  if (which === "start") {
    let at = outward ? step(start, -1) : step(start, 1);
    while (!outward && at < end && blank(at)) at += 1;
    return at < end ? [at, end] : [start, end];
  }
  let at = outward ? step(end, 1) : step(end, -1);
  while (!outward && at > start && blank(at - 1)) at -= 1;
  return at > start ? [start, at] : [start, end];
}
