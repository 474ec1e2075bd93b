/// The look of a report: one column that fits a phone, quiet colours in light and dark, and a print sheet with all
/// folds open.
enum HTMLStyle {
    static let css = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#5c6670;--line:#dfe3e8;--paper:#fff;--wash:#f5f7f9;--accent:#3b5bdb;
        --sent:#8592a0;--queued:#f0b429;--running:#4c7df0;--good:#2f9e6b;--bad:#d9480f;--load:#8a63d2;--k:#1f5fb4;--s:#1d7a4c;--n:#9a5b00;--l:#8a3ab9}
        @media(prefers-color-scheme:dark){:root{--ink:#e7eaee;--soft:#9aa5b1;--line:#323a44;--paper:#14181d;--wash:#1d232a;--accent:#91a7ff;
        --k:#82b1ff;--s:#7ed6a5;--n:#f5c26b;--l:#d0a2f7}}
        *{box-sizing:border-box}html{-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--wash);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","PingFang SC","Microsoft YaHei",sans-serif}
        main{max-width:1040px;margin:0 auto;padding:28px 20px 60px}
        header.top{display:flex;flex-wrap:wrap;gap:6px 16px;align-items:baseline;margin:6px 0 20px}
        h1{font-size:1.7rem;line-height:1.2;margin:0;letter-spacing:-.01em}h2{font-size:1.15rem;margin:0 0 12px}
        h3{font-size:.95rem;margin:18px 0 8px;color:var(--soft);font-weight:600}
        .sub{color:var(--soft)}
        .badge{display:inline-block;padding:2px 11px;border-radius:99px;font-size:.85rem;font-weight:600;color:#fff;background:var(--soft)}
        .badge.succeeded{background:var(--good)}.badge.running{background:var(--running)}.badge.queued{background:var(--queued);color:#3d2f00}
        .badge.failed,.badge.expired,.badge.cancelled,.badge.lost,.badge.unconfirmed{background:var(--bad)}
        section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:20px 22px;margin:0 0 18px}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:14px 22px;margin:0}
        .cards div{min-width:0}.cards dt{font-size:.75rem;color:var(--soft);text-transform:uppercase;letter-spacing:.05em}
        .cards dd{margin:1px 0 0;font-weight:600;overflow-wrap:anywhere}
        .cards dd small{display:block;font-weight:400;color:var(--soft)}
        .film{display:grid;grid-template-columns:minmax(0,3fr) minmax(0,2fr);gap:22px;align-items:start}
        .film.alone{display:block}
        video,img.given{width:100%;max-height:460px;border-radius:8px;background:#000;display:block;object-fit:contain}
        img.given{background:var(--wash);max-height:220px;width:auto;max-width:100%;border:1px solid var(--line)}
        table{border-collapse:collapse;width:100%;font-size:.9rem}
        th{font-size:.75rem;text-align:left;color:var(--soft);font-weight:600;text-transform:uppercase;letter-spacing:.04em}
        th,td{padding:6px 14px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
        tbody tr:last-child td{border-bottom:0}
        td.num,th.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        td.mono{white-space:nowrap}.changes td.mono{white-space:normal}.changes td:nth-child(2){width:1%;overflow-wrap:break-word}td.mono,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace;font-size:.84rem;overflow-wrap:anywhere}
        td.time{white-space:nowrap;font-variant-numeric:tabular-nums}
        td.bad{color:var(--bad);font-weight:600}td.prompt{white-space:pre-wrap;overflow-wrap:anywhere}
        .scroll{overflow-x:auto}
        pre.body{margin:0;padding:12px 14px;background:var(--wash);border:1px solid var(--line);border-radius:8px;overflow-x:auto;
        font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace;white-space:pre-wrap;overflow-wrap:anywhere;max-height:32rem;overflow-y:auto}
        pre.body+pre.body{margin-top:8px}pre b{font-weight:400}b.k{color:var(--k)}b.s{color:var(--s)}b.n{color:var(--n)}b.l{color:var(--l)}
        details{border:1px solid var(--line);border-radius:9px;margin:0 0 10px;padding:0 14px}
        details[open]{padding-bottom:14px}
        summary{cursor:pointer;padding:9px 0;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline;list-style:none}
        summary::-webkit-details-marker{display:none}
        summary::before{content:"";width:7px;height:7px;border:solid var(--soft);border-width:0 2px 2px 0;transform:rotate(-45deg) translateY(-2px);flex:none}
        details[open]>summary::before{transform:rotate(45deg)}
        summary .what{font-weight:600}summary .more{color:var(--soft);font-size:.85rem}
        .dot{width:10px;height:10px;border-radius:50%;flex:none;align-self:center}
        .changes td:first-child{width:1.4em;color:var(--soft);padding-right:6px}
        .changes tr.added td{color:var(--good)}.changes tr.removed td{color:var(--bad)}
        .callout{border-left:4px solid var(--bad);background:var(--wash);border-radius:0 8px 8px 0;padding:10px 16px;margin:0 0 14px}
        .callout p{margin:2px 0}.callout .what{font-weight:600}
        svg.timeline{display:block;width:100%;height:auto;font-family:inherit}
        svg.narrow{display:none}svg .grid{stroke:var(--line);stroke-width:1}svg .base{stroke:var(--soft);stroke-width:1.2;opacity:.5}
        svg text{fill:var(--ink);font-size:13px}svg .tick{fill:var(--soft);font-size:11.5px}svg .inside{fill:#fff;font-weight:600}svg .dark{fill:#3d2f00}
        svg .behind{fill:var(--soft)}svg circle{fill:var(--running)}svg circle.submit{fill:var(--sent)}svg circle.content{fill:var(--load)}
        svg .cross{stroke:var(--bad);stroke-width:2.6;stroke-linecap:round;fill:none}
        .bar{display:inline-block;height:8px;border-radius:3px;background:var(--running);min-width:2px;vertical-align:middle}
        footer{color:var(--soft);font-size:.85rem;margin-top:26px}a{color:var(--accent)}
        @media(max-width:640px){main{padding:16px 12px 40px}section{padding:15px 14px;border-radius:10px}h1{font-size:1.35rem}.film{display:block}
        .film>*+*{margin-top:16px}.wide{display:none}.cards{grid-template-columns:repeat(2,minmax(0,1fr))}
        th,td{padding-right:9px}table.steps,table.calls{font-size:.82rem}svg.wide{display:none}svg.narrow{display:block}svg .inside,svg .behind{font-size:12px}
        table.calls thead,table.steps thead{display:none}table.steps tr,table.calls tr{display:flex;flex-wrap:wrap;gap:0 12px;padding:6px 0;border-bottom:1px solid var(--line)}
        table.steps td,table.calls td{padding:0;border:0}table.steps td:empty{display:none}td.polls::before{content:"x"}table.steps td:last-child,table.calls td:last-child{flex-basis:100%;white-space:normal;color:var(--soft)}}
        @media print{:root{color-scheme:light}body{background:#fff;font-size:11pt}main{max-width:none;padding:0}section{border:0;padding:0 0 10pt;break-inside:auto}
        .film{display:block}.film>div:has(video){display:none}.scroll,pre.body{overflow:visible;max-height:none}
        h2,h3,summary{break-after:avoid}pre.body,svg.timeline,tr{break-inside:avoid-page}
        details::details-content{content-visibility:visible;display:block;block-size:auto;opacity:1}details>:not(summary){display:block}}
        """
}
