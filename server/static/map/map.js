// The map of a day on a map that moves, and a slider for the day. It draws nothing of its own: it
// lays the signs of the SVG over Leaflet, and takes another day's page for another day. Without it,
// or if any of it fails, the SVG stays.
"use strict";

(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const DAY = 86400000;
  if (!window.L || !document.querySelector("svg.map.wide")) return;

  // A page that is scrolled goes on being scrolled over the map.
  const gentle = { scrollWheelZoom: false, dragging: !L.Browser.mobile };
  let map = null;
  let marks = null;
  let areas = null;
  let home = 0;
  let waiting = null;
  const bases = new Map();

  const shown = () => {
    const narrow = window.matchMedia("(max-width: 40rem)").matches;
    return document.querySelector(narrow ? "svg.map.narrow" : "svg.map.wide");
  };

  const numbers = (text) => text.split(",").map(Number);

  async function base(address) {
    if (!bases.has(address)) {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      bases.set(address, await answer.json());
    }
    return bases.get(address);
  }

  function lines(found) {
    const of = (kind) => (feature) => feature.properties.kind === kind;
    const layer = (kind, className, fill) =>
      L.geoJSON(found, {
        filter: of(kind),
        interactive: false,
        style: { className, fill, stroke: true, color: null, weight: null, fillColor: null },
      }).eachLayer((one) => one.addTo(map) && bare(one));
    layer("country", "land", true);
    layer("region", "regions", false);
    layer("river", "river", false);
    layer("country", "border", false);
  }

  // Leaflet paints by attributes, which would win over nothing but say too much: style.css decides.
  function bare(layer) {
    const path = layer.getElement && layer.getElement();
    if (!path) return;
    for (const name of ["stroke", "fill", "stroke-opacity", "fill-opacity", "stroke-width"]) {
      path.removeAttribute(name);
    }
  }

  function outline(path, found) {
    const wanted = Number(path.dataset.outline);
    const feature = found.features.find((one) => one.properties.wof === wanted);
    if (!feature) return;
    const layer = L.geoJSON(feature, {
      interactive: false,
      style: { className: path.getAttribute("class"), fill: true },
    });
    layer.addTo(areas).eachLayer((one) => {
      bare(one);
      one.getElement().setAttribute("fill", path.getAttribute("fill"));
    });
  }

  function where(group, svg) {
    if (group.dataset.at) return numbers(group.dataset.at);
    const [west, , east, north] = numbers(svg.dataset.extent);
    const [x, y] = numbers(group.getAttribute("transform").match(/[-\d. ]+/)[0].trim().replace(" ", ","));
    const { width } = svg.viewBox.baseVal;
    const corner = L.CRS.EPSG3857.project(L.latLng(north, west));
    const scale = (L.CRS.EPSG3857.project(L.latLng(north, east)).x - corner.x) / width;
    const at = L.CRS.EPSG3857.unproject(L.point(corner.x + x * scale, corner.y - y * scale));
    return [at.lat, at.lng];
  }

  function sign(group, svg) {
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("width", "1");
    drawing.setAttribute("height", "1");
    const link = group.parentNode.cloneNode(true);
    link.firstElementChild.removeAttribute("transform");
    drawing.append(link);
    const icon = L.divIcon({ className: "map-mark", html: drawing, iconSize: [1, 1] });
    const known = !group.classList.contains("unknown");
    const marker = L.marker(where(group, svg), { icon, keyboard: false, zIndexOffset: known ? 500 : 0 });
    marker.addTo(marks);
  }

  // Signs were moved apart for one scale; at a larger one they need it less, and names may be crowded.
  function settle() {
    const less = Math.min(1, 2 ** (home - map.getZoom()));
    const taken = [];
    const all = [...document.querySelectorAll(".map-mark")].reverse();
    for (const one of all) {
      const inner = one.querySelector(".marks");
      inner.dataset.moved ??= inner.getAttribute("transform").match(/[-\d. ]+/)[0].trim();
      const [dx, dy] = inner.dataset.moved.split(" ").map((n) => Number(n) * less);
      inner.setAttribute("transform", `translate(${dx} ${dy})`);
      const leader = one.querySelector(".leader");
      leader?.setAttribute("x2", dx);
      leader?.setAttribute("y2", dy);
      one.classList.remove("crowded");
    }
    for (const one of all) {
      const text = one.querySelector("text");
      if (!text) continue;
      const box = text.getBoundingClientRect();
      const hides = (b) =>
        box.left < b.right && box.right > b.left && box.top + 3 < b.bottom && box.bottom - 3 > b.top;
      if (taken.some(hides)) one.classList.add("crowded");
      else taken.push(box);
    }
  }

  async function draw() {
    const svg = shown();
    const found = await base(svg.dataset.base);
    const [west, south, east, north] = numbers(svg.dataset.extent);
    const bounds = L.latLngBounds([south, west], [north, east]);
    const figure = document.getElementById("map");
    if (!map) {
      const frame = document.createElement("div");
      frame.className = "leaf";
      figure.prepend(frame);
      figure.classList.add("leaf-on");
      map = L.map(frame, { zoomSnap: 0, zoomDelta: 0.5, attributionControl: false, maxZoom: 14, ...gentle });
      map.fitBounds(bounds);
      home = map.getZoom();
      lines(found);
      areas = L.layerGroup().addTo(map);
      marks = L.layerGroup().addTo(map);
      L.control.scale({ imperial: false }).addTo(map);
      map.on("zoomend", settle);
    }
    areas.clearLayers();
    marks.clearLayers();
    svg.querySelectorAll("path.area").forEach((path) => outline(path, found));
    svg.querySelectorAll("g.at").forEach((group) => sign(group, svg));
    settle();
  }

  // The page of another day; what it says replaces what is shown, but for the map that moves.
  async function show(day) {
    const address = new URL(window.location.href);
    address.searchParams.set("day", day);
    const origin = document.getElementById("map-origin").value;
    address.searchParams.set("origin", origin);
    waiting?.abort();
    waiting = new AbortController();
    const answer = await fetch(address, { signal: waiting.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const old = document.getElementById("day-view");
    const next = document.adoptNode(page.getElementById("day-view"));
    const frame = map.getContainer();
    const range = document.querySelector(".days input");
    const figure = next.querySelector("#map");
    figure.prepend(frame);
    figure.classList.add("leaf-on");
    slider(next.querySelector(".days"), range);
    const focused = document.activeElement === range;
    old.replaceWith(next);
    if (focused) range.focus();
    document.title = page.title;
    window.history.replaceState(null, "", address);
    await draw();
  }

  function slider(nav, kept) {
    const first = Date.parse(nav.dataset.first);
    const last = Math.max(Date.parse(nav.dataset.last), Date.parse(nav.dataset.day));
    const range = kept ?? document.createElement("input");
    const output = document.createElement("output");
    output.textContent = nav.dataset.day;
    if (!kept) {
      range.type = "range";
      range.min = "0";
      range.setAttribute("aria-label", "Day");
      range.max = String(Math.round((last - first) / DAY));
      range.value = String(Math.round((Date.parse(nav.dataset.day) - first) / DAY));
      let timer = 0;
      range.addEventListener("input", () => {
        const day = new Date(first + Number(range.value) * DAY).toISOString().slice(0, 10);
        document.querySelector(".days output").textContent = day;
        range.setAttribute("aria-valuetext", day);
        window.clearTimeout(timer);
        timer = window.setTimeout(() => show(day).catch(quietly), 120);
      });
    }
    range.setAttribute("aria-valuetext", nav.dataset.day);
    nav.classList.add("slides");
    nav.querySelector(".quiet").after(range, output);
  }

  function quietly(error) {
    if (error.name !== "AbortError") give(error);
  }

  function give(error) {
    document.querySelector(".leaf")?.remove();
    document.getElementById("map").classList.remove("leaf-on");
    map = null;
    window.console.warn(error);
  }

  draw().then(() => slider(document.querySelector(".days"))).catch(give);
})();
