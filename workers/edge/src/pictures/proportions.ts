interface Size {
  width: number
  height: number
}

/**
 * Whether `small` is the picture scaled down, up to rounding. It may be rotated: a camera's
 * orientation is in the metadata, not in the header.
 */
export const hasProportionsOf = (picture: Size, small: Size): boolean => {
  const [long, short] = sidesOf(picture)
  const [smallLong, smallShort] = sidesOf(small)
  return smallLong <= long && Math.abs(smallShort - (short * smallLong) / long) <= 1
}

const sidesOf = ({ width, height }: Size) => [Math.max(width, height), Math.min(width, height)] as const
