interface Size {
  width: number
  height: number
}

/** A size with the same proportions whose longer side is at most `most` pixels; never larger than it was. */
export const fitWithin = ({ width, height }: Size, most: number): Size => {
  const factor = Math.min(1, most / Math.max(width, height))
  const scaled = (side: number) => Math.max(1, Math.round(side * factor))
  return { width: scaled(width), height: scaled(height) }
}
