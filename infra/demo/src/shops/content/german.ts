type Translation = readonly [name: string, description: string];

/** German names and descriptions, by base SKU. A product without an entry is shown in English. */
export const german: Readonly<Record<string, Translation>> = {
  'MUG-TIDE': [
    'Becher Gezeiten',
    'Ein großzügiger Steinzeugbecher, zweimal getaucht: Die zweite Glasur bricht wie eine Wasserlinie über der ersten. Fasst 350 ml und liegt gut in beiden Händen.',
  ],
  'CUP-MORN': [
    'Espressotasse Morgen',
    'Die dicke Wand hält den kurzen Kaffee heiß, der Rand ist dünn gezogen, wo er die Lippe berührt. 80 ml, mit Untertasse.',
  ],
  'MUG-CAMP': [
    'Gesprenkelter Lagerbecher',
    'Die Form eines alten Emaillebechers, gedreht aus eisengesprenkeltem Ton. Verträgt Stöße auf der Terrasse so gut wie auf dem Zeltplatz.',
  ],
  'CUP-YUNO': [
    'Yunomi ohne Henkel',
    'Eine hohe Teetasse ohne Henkel: Ist sie zu heiß zum Halten, ist der Tee zu heiß zum Trinken. Der Fuß bleibt unglasiert.',
  ],
  'CUP-RIBB': [
    'Gerippte Cappuccinotasse',
    'Feine senkrechte Rippen, von Hand in den weichen Ton gedrückt, fangen das Licht und geben Halt. 220 ml, mit Untertasse.',
  ],
  'BOWL-SOUP': [
    'Suppenschale für jeden Tag',
    'Tief genug für Ramen, weit genug für Porridge mit Obst. Sechs davon stapeln sich, ohne zu wackeln.',
  ],
  'BOWL-SALD': [
    'Salatschüssel, gegossen',
    'Die Glasur wird in einer Drehung aus der Kelle gegossen. So hat jede Schüssel ihren eigenen Horizont.',
  ],
  'PLAT-COUP': [
    'Coupe-Teller',
    'Ein Teller ohne Fahne, sanft gewölbt, damit die Sauce bleibt, wo sie hingehört. 27 cm Durchmesser.',
  ],
  'PLAT-OVAL': [
    'Ovale Servierplatte',
    'Lang genug für eine ganze Forelle, leicht genug, um sie mit einer Hand herumzureichen. Über eine fünfzig Jahre alte Gipsform gepresst.',
  ],
  'VASE-BUDV': [
    'Knospenvase',
    'Gemacht für einen einzigen Stiel. Der enge Hals hält selbst eine schwere Pfingstrose aufrecht.',
  ],
  'VASE-MOON': [
    'Mondvase',
    'Zwei Schalen, am Rand verbunden, wie es seit Jahrhunderten geschieht; eine feine Naht bleibt sichtbar.',
  ],
  'VASE-AMPH': [
    'Terrakotta-Amphore',
    'Zwei kleine Henkel und ein langer Hals, außen roh und innen dicht. Gut für trockene Disteln und fürs Nichtstun.',
  ],
  'JUGS-TABL': [
    'Krug für den Küchentisch',
    'Morgens Milch, mittags Wasser, am Wochenende Wiesenblumen. Die Tülle schneidet den letzten Tropfen sauber ab.',
  ],
  'TEAP-ROUN': [
    'Bauchige Teekanne',
    'Ein Sieb aus vierzig von Hand gebohrten Löchern und ein Deckel, der beim Gießen bleibt, wo er ist. Vier Tassen.',
  ],
  'RUGS-DUNE': [
    'Flachgewebter Teppich Düne',
    'Ungefärbte Wolle in vier natürlichen Grau- und Brauntönen, in langen flachen Wellen gewebt. Beidseitig nutzbar, deshalb läuft er sich gleichmäßig ab.',
  ],
  'RUGS-ATLA': [
    'Rautenteppich Atlas',
    'Hoher elfenbeinfarbener Flor mit einem Netz dunkler Rauten, aus dem Gedächtnis geknüpft und nicht nach Plan.',
  ],
  'RUGS-RUNN': [
    'Gestreifter Baumwollläufer',
    'Schmale Streifen für einen schmalen Flur. Kommt in die Maschine, wenn der Hund im Regen war.',
  ],
  'CUSH-LINE': [
    'Kissen aus gewaschenem Leinen',
    'So lange mit Steinen gewaschen, bis es sich anfühlt, als hätte man es seit Jahren. Verdeckter Reißverschluss, mit Federfüllung.',
  ],
  'THRW-HERR': [
    'Wolldecke Fischgrat',
    'Aus Lammwolle auf Webstühlen gewebt, die noch einen Menschen neben sich brauchen. Die Fransen sind von Hand gedreht.',
  ],
  'THRW-WAFF': [
    'Waffeldecke aus Baumwolle',
    'Leicht an Sommerabenden und doch dicht genug für das Frühjahr. Wird mit jeder Wäsche weicher.',
  ],
  'LINN-SUND': [
    'Sonntagstischdecke',
    'Schweres Leinen mit Briefecken, das gut fällt und Rotwein verzeiht. Bügeln, oder einfach lassen.',
  ],
  'LINN-NAPK': [
    'Servietten mit Fransen, vier Stück',
    'Quadrate aus weichem Leinen, die Kanten zu kurzen Fransen ausgezogen. Direkt von der Leine am schönsten.',
  ],
  'LINN-TEAT': [
    'Geschirrtücher mit blauem Streifen, drei Stück',
    'Die Halbleinentücher aus Großmutters Küche: eins für Gläser, eins für Hände, eins für das Brot.',
  ],
  'BATH-HAMM': ['Hamamtuch', 'Flach gewebt, saugfähig und schnell trocken: ein Tuch für Bad, Strand und Tasche.'],
  'BATH-TERR': [
    'Dickes Frottiertuch',
    'Lange Schlingen aus gekämmter Baumwolle, 600 g je Quadratmeter, mit einer Borte, die sich nicht wellt.',
  ],
  'BEDS-LINE': [
    'Bettwäsche aus Leinen',
    'Ein Bezug und zwei Kissenhüllen aus gewaschenem Leinen, kühl im Juli und warm im Januar. Mit Kokosknöpfen.',
  ],
  'LAMP-ARC': [
    'Leselampe Bogen',
    'Ein einziges gebogenes Rohr trägt den Schirm über die Schulter und dreht sich mit einem Finger weg. Dimmer am Kabel.',
  ],
  'LAMP-PEBB': [
    'Tischlampe Kiesel',
    'Der Fuß ist geformt wie ein Stein aus einem kalten Fluss. Ein Schirm aus rohem Leinen macht das Licht warm.',
  ],
  'LAMP-MUSH': [
    'Nachtlicht Pilz',
    'In einem Stück aus Opalglas geblasen, mit einem Sensor unter dem Hut. Hell genug, um die Hausschuhe zu finden.',
  ],
  'PEND-HARV': [
    'Pendelleuchte Erntekorb',
    'Geflochten wie ein Erntekorb und verkehrt herum aufgehängt: Sie wirft ein Netz aus Schatten über die ganze Decke.',
  ],
  'PEND-DOME': [
    'Kupferkuppel',
    'Außen rohes Kupfer, innen weißes Email. Mit den Jahren wird aus Rosa das Braun einer alten Münze.',
  ],
  'LANT-COUR': [
    'Hoflaterne',
    'Durchbrochenes Messing mit einer Tür, für eine Kerze oder eine Lichterkette. Rostet nie und bekommt Beulen mit Würde.',
  ],
  'LANT-STOR': [
    'Sturmlaterne',
    'Brennt zwanzig Stunden mit Petroleum und bleibt im Sturm an. Der Docht wird von außen gedreht.',
  ],
  'CAND-DINN': [
    'Tafelkerzen aus Bienenwachs, sechs Stück',
    'Dreißigmal getaucht und paarweise aufgehängt. Sie brennen langsam, tropfen nicht und riechen nach Dachboden im Sommer.',
  ],
  'CAND-FIGL': [
    'Duftkerze Feigenblatt',
    'Grüne Feige, warmer Stein und ein wenig Kokos, in einem Keramikbecher, der danach ein Zahnputzbecher wird. Etwa 45 Stunden.',
  ],
  'BORD-ENDG': [
    'Schneidbrett aus Stirnholz',
    'Eichenblöcke mit stehender Faser: Die Klinge sinkt ein wenig ein und bleibt scharf. Auf einer Seite Gummifüße.',
  ],
  'BORD-BREA': [
    'Brotbrett mit Krümelgitter',
    'Die Leisten lassen sich herausnehmen, die Krümel bekommen die Vögel. Breit genug für einen runden Landlaib.',
  ],
  'UTEN-SPOO': [
    'Kochlöffel aus Kirschholz',
    'Eine gerade Kante kratzt die Ecke des Topfes sauber. Aus dem Brett geschnitzt, mit Leinöl fertig gemacht.',
  ],
  'PANS-CARB': [
    'Pfanne aus Carbonstahl',
    'Leicht, schnell und schwer kaputt zu kriegen. Sie kommt gewachst: einmal mit Öl und Salz einbrennen, danach klebt nichts mehr.',
  ],
  'PANS-SKIL': [
    'Gusseiserne Pfanne',
    'Innen glatt gefräst, wie früher. Vom Herd in den Ofen und mitten auf den Tisch.',
  ],
  'POTS-STEW': [
    'Schmortopf, emailliert',
    'Tropfen an der Innenseite des schweren Deckels begießen den Braten, während Sie lesen. Für jeden Herd, auch Induktion.',
  ],
  'KNIF-CHEF': [
    'Kochmesser',
    'Eine geschmiedete Klinge mit genug Bauch zum Wiegen und genug Höhe für die Knöchel. Der Griff hat die Form einer geschlossenen Hand.',
  ],
  'KNIF-PARE': [
    'Schälmesser, dünn geschliffen',
    'Das kleine Messer, mit dem das halbe Land Kartoffeln schält. Trocken geschliffen, Griff aus Pflaumenholz.',
  ],
  'STOR-SWIN': [
    'Vorratsglas mit Bügel',
    'Dickes Glas, ein Ring aus Naturkautschuk und ein Draht, der mit einem Klacken schließt. Für Mehl, für Linsen, für Sauerteig.',
  ],
  'STOR-CROC': [
    'Gärtopf',
    'Eine Wasserrinne hält die Luft draußen und lässt die Blasen ziehen. Für fünf Liter Sauerkraut, mit zwei Beschwersteinen.',
  ],
  'COFF-YIRG': [
    'Yirgacheffe, gewaschen',
    'Eine helle Röstung, die nach einer Tasse Blüten mit einer Scheibe Zitrone schmeckt. Am besten als Filter, am besten schwarz.',
  ],
  'COFF-HUIL': [
    'Espresso Huila',
    'Süß und rund, mit genug Körper für Milch. Verzeiht eine Maschine, die ein wenig zu heiß läuft.',
  ],
  'COFF-BREA': [
    'Frühstücksmischung',
    'Der Kaffee für alle, die noch nicht über Kaffee reden möchten. Ausgewogen, schokoladig, auch aus der Thermoskanne gut.',
  ],
  'COFF-DECA': [
    'Abendkaffee, entkoffeiniert',
    'Mit Quellwasser und sonst nichts vom Koffein befreit und dann so sorgfältig geröstet wie die anderen.',
  ],
  'TEAS-DARJ': [
    'Darjeeling First Flush',
    'In den ersten warmen Märzwochen gepflückt. Hell in der Tasse, klar, mit einem Hauch grüner Mandel.',
  ],
  'TEAS-SENC': [
    'Frühlings-Sencha',
    'Wenige Stunden nach der Ernte gedämpft. Mit 70 °C aufgießen, eine Minute warten: Die zweite Tasse wird die bessere.',
  ],
  'TEAS-ALPI': [
    'Alpenkräuter',
    'Melisse, Verbene, Ringelblume und Schafgarbe von Wiesen über 1.200 Metern, mit der Sense geschnitten.',
  ],
  'BREW-DRIP': [
    'Handfilter aus Porzellan',
    'Spiralrippen halten das Papier von der Wand, damit das Wasser in Ihrem Tempo läuft. Passt auf Tassen und Kannen.',
  ],
  'BREW-MILL': [
    'Handkaffeemühle',
    'Kegelmahlwerk aus Stahl, dreißig Stufen von Mokka bis Presskanne. Mahlt für zwei Tassen in weniger als einer Minute.',
  ],
  'SPIC-SAFF': [
    'Safranfäden',
    'Nur die dunkelroten Spitzen, vor Sonnenaufgang gepflückt. Eine Prise in warmer Milch färbt ein ganzes Risotto.',
  ],
  'SPIC-PAPR': [
    'Geräuchertes Paprikapulver',
    'Zwei Wochen über glimmender Eiche getrocknet und jeden Tag von Hand gewendet. Süß, nie beißend.',
  ],
  'SPIC-VANI': [
    'Vanilleschoten',
    'Weich, dunkel und biegsam, neun Monate gereift. Die leere Schote kommt in den Zucker.',
  ],
  'BLND-RASE': [
    'Ras el-Hanout',
    'Zweiundzwanzig Gewürze mit Rosenblättern obenauf: das, was der Händler in den eigenen Couscous geben würde.',
  ],
  'OILS-EARL': [
    'Olivenöl aus früher Ernte',
    'Im Oktober aus grünen Oliven gepresst, innerhalb von sechs Stunden. Grasig, mit einem Kratzen von Pfeffer am Ende.',
  ],
  'OILS-PUMP': [
    'Steirisches Kürbiskernöl',
    'In der Flasche fast schwarz, auf dem Teller grün. Auf Vanilleeis überrascht es jeden einmal.',
  ],
  'PRES-ORAN': [
    'Bitterorangenmarmelade',
    'Grob geschnittene Sevilla-Orangen und nicht zu viel Zucker. Im Januar gekocht, wenn die Früchte reif sind.',
  ],
  'PRES-APRI': [
    'Marillenmarmelade',
    'Zwei Teile Frucht, ein Teil Zucker, im Kupferkessel gerührt. Sieben Kerne in jedem Glas geben einen Hauch Mandel.',
  ],
  'BAGS-MARK': [
    'Marktshopper',
    'Ein Stück Leder, zwei Riemen, vier Nieten. Trägt den Wocheneinkauf und steht von allein.',
  ],
  'BAGS-RUCK': [
    'Rucksack aus gewachstem Segeltuch',
    'Leer rollt er sich klein, voll fasst er zweiundzwanzig Liter. Hält Schauer ab und wird mit jedem Kratzer schöner.',
  ],
  'WALL-CARD': [
    'Gefaltetes Kartenetui',
    'Ein einziges Stück, gefaltet wie ein Brief und mit einem Knopf geschlossen. Acht Karten und ein paar Scheine.',
  ],
  'BELT-EVER': [
    'Gürtel für jeden Tag',
    'Aus dem festesten Teil der Haut, vier Millimeter stark. Die Schnalle hält eine Schraube, sie lässt sich wechseln.',
  ],
  'NOTE-THRE': [
    'Fadengeheftetes Notizbuch',
    'Liegt auf jeder Seite flach, weil es genäht ist und nicht geklebt. 144 Seiten, auf denen Tinte nicht ausfranst.',
  ],
  'NOTE-WEEK': [
    'Wochenplaner ohne Datum',
    'Eine Woche auf einer Seite, daneben eine leere. Beginnen Sie in irgendeinem Monat, lassen Sie den August aus, niemand merkt es.',
  ],
  'PENS-PIST': [
    'Kolbenfüller',
    'Füllt sich mit einer Drehung und reicht für einen Monat Briefe. Die Feder ist aus Stahl, federt und lässt sich tauschen.',
  ],
  'PENS-CEDA': [
    'Bleistifte aus Zeder, zwölf Stück',
    'Unlackierte Weihrauchzeder, vor der Reise zweimal gespitzt. Man riecht, in welcher Schachtel sie liegen.',
  ],
  'DESK-TRAY': [
    'Briefablage aus Esche',
    'Gezinkte Ecken und eine ausgesparte Front. Sie stapeln sich ohne Halter, so hoch Sie sich trauen.',
  ],
  'PLNT-ROLL': [
    'Terrakottatopf mit Wulstrand',
    'Der schlichte Blumentopf, gut gemacht: dicke Wand, weites Loch und ein Rand, an dem man ihn hebt.',
  ],
  'PLNT-SILL': [
    'Glasierter Fensterbankkasten',
    'Lang und schmal, mit passender Schale: drei Kräuter nebeneinander im Küchenfenster.',
  ],
  'TOOL-TROW': [
    'Geschmiedete Handschaufel',
    'Von der Spitze bis zur Angel ein Stück, an den Seiten scharf geschliffen. Verbiegt sich auch im Lehm nicht.',
  ],
  'TOOL-WATE': [
    'Gießkanne mit langem Hals',
    'So gewichtet, dass sie auch voll nicht kippt. Die Messingbrause regnet fein genug für Sämlinge.',
  ],
  'SEED-BUTT': [
    'Schmetterlingswiese',
    'Vierzig heimische Wildblumen für magere, sonnige Böden. Einmal im September mähen und im ersten Jahr Geduld haben.',
  ],
  'SEED-TULI': [
    'Tulpenzwiebeln, Dämmerfarben',
    'Pflaume, Aprikose und fast Schwarz, zu pflanzen im Oktober. Blühen Ende April, alle auf einmal.',
  ],
};
