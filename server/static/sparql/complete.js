// Completion from the release: its prefixes, classes, properties and concepts.

const ENOUGH = 60;
const NAME = /^[\w-]*:?[\w.-]*$/;

/** What YASQE asks for completions: those of a name being written, with a word on each. */
export function completer(known) {
  const prefixes = Object.entries(known.prefixes).map(([name, iri]) => [`${name}:`, "prefix", iri]);
  const every = [...prefixes, ...known.terms];
  const says = new Map(every.map(([name, kind, label]) => [name, `${name}  ${label}, ${kind}`]));
  return {
    name: "known",
    bulk: false,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => writesName(yasqe.getCompleteToken()),
    get: (_yasqe, token) => matching(every, token.string.trim()),
    postprocessHints: (_yasqe, hints) =>
      hints.map((hint) => ({ ...hint, displayText: says.get(hint.text) ?? hint.text })),
  };
}

/** Whether a token is a name with, or about to have, a prefix; not a comment, string or number. */
function writesName(token) {
  const text = token.string.trim();
  const other = ["comment", "string", "number", "atom", "variable-3"].includes(token.type);
  return !other && text.length > 0 && /^[A-Za-z]/.test(text) && NAME.test(text);
}

/** Names that begin so; with a colon, also those that have the rest anywhere: wh:held */
function matching(every, text) {
  const wanted = text.toLowerCase();
  const [prefix, local] = wanted.split(":");
  const begin = every.filter(([name]) => name.toLowerCase().startsWith(wanted));
  const within = local
    ? every.filter(([name]) => {
        const lower = name.toLowerCase();
        return lower.startsWith(`${prefix}:`) && lower.indexOf(local, prefix.length + 1) > 0;
      })
    : [];
  const names = new Set([...begin, ...within].map(([name]) => name));
  names.delete(text); // nothing is left to complete
  return [...names].slice(0, ENOUGH);
}
