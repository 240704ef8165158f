interface Size {
  width: number
  height: number
}

/** Scales a size down so that its longer side is at most `max` pixels; never up. */
export const fitWithin = ({ width, height }: Size, max: number): Size => {
  const factor = Math.min(1, max / Math.max(width, height))
  const scaled = (side: number) => Math.max(1, Math.round(side * factor))
  return { width: scaled(width), height: scaled(height) }
}
