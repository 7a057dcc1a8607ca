/** 請求記号 as it stands on the spine: three lines in a frame. */
export function SpineLabel({ callNumber }: { callNumber: string }) {
  return (
    <span className="spine" lang="ja">
      {callNumber.split('/').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one label never change places
        <span key={index} className="spine-line">
          {line}
        </span>
      ))}
    </span>
  )
}
