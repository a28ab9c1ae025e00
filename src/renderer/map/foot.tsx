import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/words.ts';

/** Whose the outlines are, and that some are invented. */
export function MapSource({
  attribution,
  fictional,
}: {
  readonly attribution: string;
  readonly fictional: boolean;
}) {
  const { t } = useWords();
  return fictional ? `${attribution} · ${t('map.fictional')}` : attribution;
}

/** What lies over the foot of the map; tells its height, so that the map keeps that much free. */
export function Foot({
  className,
  onHeight,
  children,
}: {
  readonly className: string;
  readonly onHeight: (px: number) => void;
  readonly children: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => onHeight(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [onHeight]);
  return (
    <div className={className} ref={box}>
      {children}
    </div>
  );
}
