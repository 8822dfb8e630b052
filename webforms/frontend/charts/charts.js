// Draws the charts of a page anew with Chart.js, in the place and size of the drawings that the server sent; the table beside each says the same.
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { colours, fillOf } from './tones.js';
import { valuesAtEnds } from './values.js';

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const DASHES = { past: [2, 3], fine: [7, 3], late: [3, 3], other: [2, 3] };
const MARKS = { now: 'circle', fine: 'rect', past: 'triangle', late: 'triangle', other: 'triangle' };
const drawn = new Map();

function datasetOf(series, lines, paint) {
  const colour = paint[series.tone];
  return {
    label: series.label,
    data: series.values.map((value) => (value === null ? null : Number(value))),
    backgroundColor: lines ? colour : fillOf(series.tone, colour, paint),
    borderColor: colour,
    borderWidth: lines ? 2 : series.tone === 'past' ? 1 : 0,
    borderDash: lines ? DASHES[series.tone] ?? [] : [],
    pointStyle: MARKS[series.tone],
    pointRadius: 4,
    barThickness: 11,
  };
}

function settingsOf(data, paint) {
  const lines = data.shape === 'lines';
  const stacked = data.shape === 'stacked';
  const scale = { stacked, grid: { color: paint.grid, drawTicks: false }, border: { color: paint.grid }, ticks: { color: paint.ink, font: { size: 11 } } };
  const numbers = { ...scale, beginAtZero: true, ticks: { ...scale.ticks, precision: 0 } };
  const names = { ...scale, grid: { display: false }, offset: true };
  return {
    type: lines ? 'line' : 'bar',
    data: { labels: data.labels, datasets: data.series.map((series) => datasetOf(series, lines, paint)) },
    plugins: [valuesAtEnds],
    options: {
      // Nothing moves: the drawing that stood here had this size, and bars do not grow.
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: lines ? 'x' : 'y',
      layout: { padding: { right: lines ? 14 : stacked ? 44 : 30 } },
      scales: lines ? { x: names, y: numbers } : { x: numbers, y: names },
      plugins: {
        legend: { align: 'start', labels: { color: paint.ink, boxWidth: lines ? 9 : 14, boxHeight: lines ? 9 : 10, usePointStyle: lines, font: { size: 11 } } },
        valuesAtEnds: { colour: paint.ink, stacked, lines },
      },
    },
  };
}

function draw(place) {
  const canvas = document.createElement('canvas');
  drawn.get(place)?.destroy();
  place.replaceChildren(canvas);
  drawn.set(place, new Chart(canvas, settingsOf(JSON.parse(place.dataset.rdChart), colours(place))));
}

function drawAll() {
  for (const place of document.querySelectorAll('[data-rd-chart]')) draw(place);
}

drawAll();
// Dark mode follows the system, and so do the colours.
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
