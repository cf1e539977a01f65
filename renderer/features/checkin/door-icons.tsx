import type { ReactNode } from 'react';

/** Line drawings of the door that the icon library has not: same grid (24), drawn with the text's colour. */
const icon = (children: ReactNode) => (
  <svg className="door-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
    {children}
  </svg>
);

export const CardIcon = (): ReactNode =>
  icon(
    <>
      <rect x="2" y="4.5" width="20" height="15" rx="1" />
      <circle cx="8.5" cy="10.5" r="2.2" />
      <path d="M5 16c.4-2 1.8-3 3.500-3s3.100 1 3.500 3M15 10h4M15 14h4" />
    </>,
  );
export const PersonIcon = (): ReactNode =>
  icon(
    <>
      <circle cx="12" cy="8" r="4.200" />
      <path d="M4.500 21c.5-4.500 3.400-7 7.500-7s7 2.500 7.500 7" />
    </>,
  );
export const TicketIcon = (): ReactNode =>
  icon(
    <>
      <path d="M19 12V3H5v18h6M8 8h8M8 12h4" />
      <circle cx="16" cy="16" r="2.500" />
      <path d="M14.500 18l-1 4 2.500-1.500L18.500 22l-1-4" />
    </>,
  );
export const CameraIcon = (): ReactNode =>
  icon(
    <>
      <path d="M3 7h4l2-3h6l2 3h4v13H3z" strokeLinejoin="round" />
      <circle cx="12" cy="13" r="3.600" />
    </>,
  );
export const TickIcon = (): ReactNode => icon(<path d="M3 12.500 9.500 19 21 5.500" />);
/** The way the head goes, as the person sees it in the mirror: their left is the screen's left. */
export const TurnIcon = ({ side }: { side: 'left' | 'right' }): ReactNode => (
  <svg
    className={`door-icon door-turn-icon is-${side}`}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2.400"
    aria-hidden="true"
  >
    <path d="M21 8c-4.500-3.500-12-3.500-17 3M3.500 4.500 3.600 11.600 10.500 11.400" />
  </svg>
);
