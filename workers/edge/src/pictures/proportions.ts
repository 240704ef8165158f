interface Size {
  width: number
  height: number
}

/**
 * Is `small` the picture scaled down, to whole pixels? Upright or on its side: a camera's picture says in its
 * metadata how it is to be held, and its header does not.
 */
export const hasProportionsOf = (picture: Size, small: Size): boolean => {
  const [long, short] = sidesOf(picture)
  const [smallLong, smallShort] = sidesOf(small)
  return smallLong <= long && Math.abs(smallShort - (short * smallLong) / long) <= 1
}

const sidesOf = ({ width, height }: Size) => [Math.max(width, height), Math.min(width, height)] as const
