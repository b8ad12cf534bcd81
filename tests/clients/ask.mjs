// Asks endpoints by Comunica, given their addresses alone: node ask.mjs FOLDER ENDPOINT…, with a list
// of queries as JSON on standard input; a list of what came back, or of errors, on standard output.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, ...sources] = process.argv.slice(2);
const { QueryEngine } = createRequire(`${folder}/`)("@comunica/query-sparql");
const engine = new QueryEngine();

async function answer(query) {
  try {
    const result = await engine.query(query, { sources });
    if (result.resultType === "boolean") return await result.execute();
    const terms = await (await result.execute()).toArray();
    if (result.resultType === "quads") return terms.map((quad) => quad.object.value);
    return terms.map((row) => Object.fromEntries([...row].map(([name, term]) => [name.value, term])));
  } catch (error) {
    return { error: String(error) };
  }
}

const answers = [];
for (const query of JSON.parse(readFileSync(0, "utf8"))) answers.push(await answer(query));
console.log(JSON.stringify(answers));
