import { ImageOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';

/** One format of a picture, for a `<source>` element. */
export interface PictureSource {
  /** The MIME type: `image/avif`, `image/webp`. */
  readonly type: string;
  readonly srcSet: string;
}

export interface PictureProps {
  readonly src: string | null;
  /** The alternative text. Empty for a decorative picture. */
  readonly alt: string;
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
  readonly sources?: readonly PictureSource[];
  readonly sizes?: string;
  /** The URL of a tiny picture that is shown while the picture loads. */
  readonly blur?: string;
  /**
   * The point that stays visible when the picture is cropped, in percent from the top left corner.
   * @default the center
   */
  readonly focalPoint?: { readonly x: number; readonly y: number };
  /**
   * Whether the browser loads this picture with high priority. Set it for the largest picture above the fold.
   * @default false
   */
  readonly eager?: boolean;
  readonly className?: string;
  readonly fallback?: ReactNode;
}

/**
 * A picture that reserves its space while it loads. `fallback` is shown when the picture is missing or fails to load.
 */
export function Picture(props: PictureProps) {
  const { src, alt, width, height, sources = [], sizes, blur, focalPoint, eager = false, className, fallback } = props;
  const [state, setState] = useState<'loading' | 'loaded' | 'failed'>('loading');
  const frame = classNames('relative overflow-hidden bg-sunken', className);
  if (src === null || state === 'failed') {
    return (
      <div className={classNames(frame, 'grid place-items-center text-ink-3')}>
        {fallback ?? <ImageOff aria-hidden className="size-5" strokeWidth={1.5} />}
      </div>
    );
  }
  return (
    <picture className={classNames(frame, 'block')}>
      {blur && state === 'loading' && (
        <img src={blur} alt="" aria-hidden className="absolute inset-0 size-full scale-110 object-cover blur-xl" />
      )}
      {sources.map((source) => (
        <source key={source.type} type={source.type} srcSet={source.srcSet} sizes={sizes} />
      ))}
      <img
        src={src}
        alt={alt}
        width={width ?? undefined}
        height={height ?? undefined}
        loading={eager ? 'eager' : 'lazy'}
        fetchPriority={eager ? 'high' : 'auto'}
        decoding="async"
        onLoad={() => setState('loaded')}
        onError={() => setState('failed')}
        style={focalPoint && { objectPosition: `${focalPoint.x}% ${focalPoint.y}%` }}
        className={classNames(
          'size-full object-cover transition-opacity duration-200',
          blur && state === 'loading' && 'opacity-0',
        )}
      />
    </picture>
  );
}
