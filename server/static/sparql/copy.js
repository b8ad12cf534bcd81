// A query as an address or a program. Each asks for CSV, or of a graph for Turtle.

/** The text of a kind: link, curl, python, wrapper or r. */
export function snippet(kind, endpoint, query, graph) {
  const makes = { link, curl, python, wrapper, r };
  return makes[kind](endpoint, query, graph);
}

const accepted = (graph) => (graph ? "text/turtle" : "text/csv");
const json = (text) => JSON.stringify(text);

function link(endpoint, query) {
  return `${endpoint}?query=${encodeURIComponent(query)}`;
}

function curl(endpoint, query, graph) {
  const quoted = `query=${query}`.replaceAll("'", `'\\''`);
  return `curl -sS -H 'Accept: ${accepted(graph)}' --data-urlencode '${quoted}' '${endpoint}'`;
}

function python(endpoint, query, graph) {
  const imports = graph ? "" : "import csv\nimport io\n";
  const rows = "for row in csv.DictReader(io.StringIO(text)):\n    print(row)";
  return `${imports}import urllib.parse
import urllib.request

query = ${inPython(query)}
request = urllib.request.Request(
    ${json(endpoint)},
    data=urllib.parse.urlencode({"query": query}).encode(),
    headers={"Accept": "${accepted(graph)}"},
)
with urllib.request.urlopen(request) as answer:
    text = answer.read().decode()
${graph ? "print(text)" : rows}
`;
}

function wrapper(endpoint, query, graph) {
  const rows = `for row in sparql.queryAndConvert()["results"]["bindings"]:
    print({name: term["value"] for name, term in row.items()})`;
  return `from SPARQLWrapper import ${graph ? "TURTLE" : "JSON"}, POST, SPARQLWrapper

sparql = SPARQLWrapper(${json(endpoint)})
sparql.setMethod(POST)
sparql.setReturnFormat(${graph ? "TURTLE" : "JSON"})
sparql.setQuery(${inPython(query)})
${graph ? "print(sparql.queryAndConvert().decode())" : rows}
`;
}

function r(endpoint, query, graph) {
  return `library(httr2)
${graph ? "" : "library(readr)\n"}
query <- ${inR(query)}
text <- request(${json(endpoint)}) |>
  req_headers(Accept = "${accepted(graph)}") |>
  req_body_form(query = query) |>
  req_perform() |>
  resp_body_string()
${graph ? "cat(text)" : "rows <- read_csv(I(text))\nrows"}
`;
}

/** A string of Python: over several lines where that is safe. */
function inPython(text) {
  const safe = !text.includes("\\") && !text.includes('"""') && !text.endsWith('"');
  return safe ? `"""${text}"""` : json(text);
}

/** A raw string of R (since 4.0), with as many dashes as it takes. */
function inR(text) {
  let dashes = "";
  while (text.includes(`)${dashes}"`)) dashes += "-";
  return `r"${dashes}(${text})${dashes}"`;
}
