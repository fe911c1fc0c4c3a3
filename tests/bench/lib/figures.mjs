// What a series of pairs says.

/** The value of which so large a part of the others is smaller. */
function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)];
  return below + (sorted[Math.ceil(place)] - below) * (place % 1);
}

/**
 * Measures two things in turn, the order of the two changing from pair to pair, so that whatever drifts in the
 * machine meanwhile meets both alike.
 * @param {number} pairs that count
 * @param {number} warmUp pairs before them, which do not count: caches fill, programs are loaded
 * @param {() => Promise<number>} measureA
 * @param {() => Promise<number>} measureB
 * @returns {Promise<[number, number][]>}
 */
export async function inPairs(pairs, warmUp, measureA, measureB) {
  const measured = [];
  for (let pair = -warmUp; pair < pairs; pair += 1) {
    let a;
    let b;
    if (pair % 2 === 0) {
      a = await measureA();
      b = await measureB();
    } else {
      b = await measureB();
      a = await measureA();
    }
    if (pair >= 0) measured.push([a, b]);
  }
  return measured;
}

/** Of each side least, median and most; of the pairs' ratios the median and the quartiles. */
export function figures(pairs) {
  const side = (which) => {
    const values = pairs.map((pair) => pair[which]);
    return { min: Math.min(...values), median: quantile(values, 0.5), max: Math.max(...values) };
  };
  const ratios = pairs.map(([a, b]) => a / b);
  return { a: side(0), b: side(1), pairwise: quantile(ratios, 0.5), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}

/**
 * The straight line through points, by least squares: its slope, and how much of their spread it explains (R²).
 * @param {[number, number][]} points
 */
export function line(points) {
  const mean = (which) => points.reduce((sum, point) => sum + point[which], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of) => points.reduce((total, point) => total + of(point[0] - x, point[1] - y), 0);
  const [xx, xy, yy] = [sum((a) => a * a), sum((a, b) => a * b), sum((_, b) => b * b)];
  return { slope: xy / xx, fit: (xy * xy) / (xx * yy) };
}
