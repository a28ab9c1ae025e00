import { type ReactNode, useEffect, useRef } from 'react';

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
