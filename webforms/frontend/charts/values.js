// Writes the numbers at the ends of the bars and lines, so that nobody has to read them off an axis.
const number = (value) => (value === null || value === undefined ? '—' : String(value));

export const valuesAtEnds = {
  id: 'valuesAtEnds',
  afterDatasetsDraw(chart, _args, { colour, stacked, lines }) {
    const pen = chart.ctx;
    pen.save();
    pen.fillStyle = colour;
    pen.font = '11px sans-serif';
    pen.textBaseline = 'middle';
    const sets = chart.data.datasets;
    if (stacked) {
      const last = chart.getDatasetMeta(sets.length - 1).data;
      last.forEach((bar, place) => pen.fillText(sets.map((set) => number(set.data[place])).join(' / '), bar.x + 5, bar.y));
    } else {
      sets.forEach((set, index) => {
        const drawn = chart.getDatasetMeta(index).data;
        drawn.forEach((part, place) => {
          if (lines && place < drawn.length - 1) return;
          pen.fillText(number(set.data[place]), part.x + 6, part.y);
        });
      });
    }
    pen.restore();
  },
};
