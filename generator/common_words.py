"""The commonest words of a few languages: they stand in every text and tell of none.

Of three letters and more, in lower case, contractions as they are cut at the apostrophe; for Chinese
and Korean, pairs of characters. All languages are one set, since an article seldom says which it is
in: a word that is a noun of news in another of them (German "war", French "sans") is left out.
"""

from __future__ import annotations

_ENGLISH = """
able about above actually add added after again against all allow allows almost along already also
although always among and another any anyone anything are aren around ask asked asks available away
back became because become becomes been before begin begins being believe below best better between
big both bring but called came can cannot case cases change changed changes choose clear come common
complete could couldn course day days decide decided did didn difference different does doesn doing
don done down during each easy effort either else end enough even ever every everyone everything
example examples fact far feel few finally find finds first five for found four from full further
get gets getting give given goes going good got great had hand happen hard has hasn have haven
having help helps her here hers herself him himself his hope hour hours how however idea important
include included including instead into isn its itself just keep kind know large last later least
leave leaves left less let like line little long longer look looking lot made main make makes making
many matter may maybe mean means meant might month months more most move much must near nearly need
needed needs neither never new next nobody nor not nothing now number off often old once one only
onto order other others our ours out over own part particular people per perhaps place places point
possible problem problems provide put quite rather read ready real really reason recent remains
result right run running runs same say says second see seen set several shall she should shouldn
show shows side simple simply since six small some someone something soon sort start started step
steps still stop such sure take taken talk tell ten than thank thanks that the their theirs them
themselves then there these they thing things think third this those though three through thus time
times today together told too toward tried try trying turn turns two under understand until upon use
used uses using various very want was wasn way ways week weeks well went were weren what whatever
when where whether which while who whole whom whose why will with within without won work worked
working works world would wouldn write writes writing written wrong year years yes yesterday yet you
your yours yourself
"""
_GERMAN = """
aber alle allem allen aller alles als also andere anderen auch auf aus bei beim bereits bin bis bist
dabei dadurch daher damit dann daran darauf das dass dazu dein dem den denn der deren des dessen
dich die dies diese diesem diesen dieser dieses dir doch dort durch eben ein eine einem einen einer
eines einige einmal erst etwa etwas euch euer ganz gegen gibt habe haben hat hatte hatten hier hin
hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer immer ins ist jede jedem jeden jeder jedes jetzt
kann kein keine keinem keinen keiner können machen macht man mehr mein meine mich mir mit muss
müssen nach nicht nichts noch nun nur oder ohne sehr sein seine seinem seinen seiner seit selbst
sich sie sind soll sollen sondern sonst sowie über und uns unser unsere unter viel viele vom von vor
waren warum was weil weiter welche wenn wer werden wie wieder will wird wir worden wurde wurden
zum zur zwar zwischen
"""
_FRENCH = """
alors ainsi après aucun aussi autre autres avant avec avoir bien car ces cet cette ceux chaque chez
comme comment contre dans depuis des deux doit donc dont elle elles encore entre est était été être
eux fait faire fois font hors ici ils jamais les leur leurs lors lui mais même mêmes mes moi moins
mon notamment notre nos nous ont par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi
quand que quel quelle quelles quels qui quoi ses seront sera seulement selon son sont sous
souvent sur tandis tant tel telle tels tes toi ton toujours tous tout toute toutes très trop une vers
voici voilà vos votre vous
"""
_SPANISH = """
ahora algo algún alguna algunas algunos ante antes aquel aquella aquí así aun aunque bajo bien cada
casi como con contra cual cuales cuando cuanto del desde donde dos durante ella ellas ellos entre
era eran esa esas ese eso esos esta está estaba están estas este esto estos fue fueron había han
hace hacer hacia hasta hay las les los más menos mientras mis mismo mucha mucho muchos muy nada nos
nosotros nuestra nuestro nunca otra otras otro otros para pero poco por porque pues puede pueden que
qué quien quién según ser será sido siempre sin sino sobre solo sólo son sus tal también tan tanto
tiene tienen toda todas todo todos tras una unas uno unos usted ustedes
"""
_ITALIAN = """
alla alle allo anche ancora avere aveva che chi ciò come con così cosa cui dagli dai dal dalla dalle
degli dei del dell della delle dello deve devono dopo dove due essere era erano fare fatto fino fra
gli hanno loro molto nei nel nella nelle non nostra nostro ogni oltre per perché però più poi prima
propria proprio può quale quali quando quanto quella quelle quelli quello questa queste questi
questo sarà sei sempre senza sia siamo solo sono sopra sotto sua sue sui sul sulla sulle suo suoi
tra tutta tutte tutti tutto una uno
"""
_PORTUGUESE = """
agora ainda alguma algumas alguns antes aos apenas após aquela aquele assim até cada com como contra
das dela dele deles desde deve dos ela elas ele eles entre era essa essas esse esses esta está estão
estas este estes foi foram fosse havia isso isto lhe mais mas mesma mesmo muito muitos nas nem nessa
neste nos nossa nosso não num numa onde outra outras outro outros para pela pelas pelo pelos pode
podem por porque qual quando que quem são sem sempre ser será seu seus sobre sua suas também tem têm
tinha toda todas todo todos uma umas você vocês
"""
_DUTCH = """
aan alle alleen als ander andere bij binnen daar dan dat deze die dit door een eens elke geen haar
had hadden heb hebben heeft het hier hij hoe hun iemand iets ik ja jaar kan kunnen maar meer men met
mijn moet moeten naar niet niets nog nu of om omdat onder ons onze ook over reeds te tegen toch toen
tot tussen uit van veel voor waar waren wat weer werd wie wij worden wordt zal ze zeer zelf zich
zij zijn zo zoals zonder zou
"""
_RUSSIAN = """
без более был была были было быть вам вас весь вот все всего всех где для его если есть еще ещё ими
или как когда кто которая которого которой которые который которых либо меня мне может можно мой мы
над нас наш него нее неё нет ней них ничего она они оно очень перед под после потому почти при про
раз сам свои свой себе себя так также такой там тебя тем теперь тех того тоже той только том тот тут
уже хотя чего чем через что чтобы эта эти это этого этой этом этот этих
"""
_CHINESE_AND_KOREAN = """
一个 一些 一種 一种 不是 不會 不会 也是 他们 他們 以及 但是 你们 使用 其中 可以 可能 因为 因為 因此 如果
它们 對於 对于 就是 已经 已經 所以 我们 我們 或者 时候 是一 時候 有的 没有 沒有 這些 這個 这个 这些 进行
進行 通过 通過 那么 都是 非常
가지 것은 것을 것이 그리 니다 되는 되었 들은 들을 들이 리고 부터 수있 습니 에게 에는 에서 으로 이다
입니 있는 있다 있습 하고 하는 하여 했다 했습 합니
"""

COMMON_WORDS = frozenset(
    " ".join(
        (
            _ENGLISH,
            _GERMAN,
            _FRENCH,
            _SPANISH,
            _ITALIAN,
            _PORTUGUESE,
            _DUTCH,
            _RUSSIAN,
            _CHINESE_AND_KOREAN,
        )
    ).split()
)
