// The desk as the server has it: every change is asked of it, and its answer is the whole desk.

const KEY = "token";
if (location.hash.length > 1) {
  sessionStorage.setItem(KEY, location.hash.slice(1));
  history.replaceState(null, "", "/");
}

export class Refused extends Error {
  constructor(problem) {
    super(problem.detail);
    this.findings = problem.findings ?? {};
  }
}

async function ask(path, options = {}) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(KEY) ?? ""}`, "Content-Type": "application/json" };
  let answer;
  try {
    answer = await fetch(path, { ...options, headers });
  } catch {
    throw new Refused({ detail: "The command that serves this page has ended. What was judged is kept: start it again." });
  }
  const said = await answer.json();
  if (!answer.ok) throw new Refused(said);
  return said;
}

export const forms = () => ask("/api/forms");
export const state = () => ask("/api/state");
export const change = (verb, asked) => ask(`/api/${verb}`, { method: "POST", body: JSON.stringify(asked) });
