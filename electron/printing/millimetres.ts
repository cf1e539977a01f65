/** PDF measures in points, 72 to the inch; paper in millimetres. */
export const mm = (millimetres: number): number => (millimetres * 72) / 25.4;
