// What a series of pairs says: medians and their ratio.

/** The value in the middle of a list. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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

/** Figures of pairs of milliseconds: of each side median, least and most, and both ways to take the ratio. */
export function figures(pairs) {
  const side = (which) => {
    const values = pairs.map((pair) => pair[which]);
    return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
  };
  const [a, b] = [side(0), side(1)];
  return { pairs: pairs.length, a, b, ratio: a.median / b.median, pairwise: median(pairs.map(([x, y]) => x / y)) };
}
