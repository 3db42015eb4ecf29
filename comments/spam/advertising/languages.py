"""A few words of other languages in which such comments come most."""

from comments.phrases import Phrases

OTHER_LANGUAGES = Phrases(
    "(abnehmen ohne|# % rabatt|heute nur|jetzt bestellen|kostenlos testen|gratis testen|remise de # %|# % de "
    "descuento|descuento de # %)",
    "(nur heute|schreib mir auf|verdiene ..5 (monat|tag|euro)|jetzt klicken|commandez maintenant|voyance|marabout|"
    "retour affectif|brujo|amarres|clique aqui|desconto|haga clic)",
    "(kredit|kredite|darlehen|kreditangebot) ..3 (ohne|sofort|schnell|online|gunstig*)",
    "(gunstig*|billig*|rezeptfrei*) ..4 (kaufen|bestellen|potenzmittel|viagra|online)",
    "(jetzt|gleich) (kaufen|bestellen|anmelden|beantragen)",
    "geld (verdienen|in # stunden|sofort)",
    "(pret|prets|credit|credits) ..3 (rapide|entre particuliers|serieux|urgent|sans)",
    "(offre|demande|besoin) de (pret|credit)",
    "(sans ordonnance|pas cher|achat viagra|gagner de l argent|particulier qui octroie)",
    "(prestamo|prestamos|credito|creditos) ..3 (rapido*|sin|urgente*|online|ya)",
    "(gana|ganar|gane|ganhe|ganhar|guadagna|guadagnare) ..4 (dinero|dinheiro|euro|euros|soldi|casa)",
    "(compra|comprar|compre|acquista) ..4 (seguidores|viagra|barato|online|ahora|receta|ricetta)",
    "(dinero en tu cuenta|mejor precio|haz clic|clique no link|renda extra|solicita ahora|bonos gratis|iscriviti "
    "gratis|clicca qui)",
    "(kredyt|pozyczka|chwilowk*|lening|kupie|tani|goedkope) ..4 (online|bik|geld|bez|toetsing|zonder|gotowka)",
    "(vendo|vende|venta de) ..4 (pastillas|baratos|envios|casa|whatsapp)",
    "(bajar de peso|envios a todo|adelgazar ..3 rapido)",
    "(online casino|casino online) (ohne|mit|sin|con|en)",
    "(najtansz*|tanio|promocja) ..2 (oferta|oferty|sprzedam)",
    "(hemen uye ol|canli casino|deneme bonusu|guvenilir bahis|slot online|daftar sekarang|klik disini|pinjaman online)",
)
